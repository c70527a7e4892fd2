using System.Buffers.Binary;
using System.Text;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// Finds commands by name in any case, without making strings: open addressing over a hash of length and first
/// eight bytes.
/// </summary>
internal sealed class CommandTable
{
    private const int Size = 2048; // ten places a command: nearly every search ends at the first
    private readonly Entry[] _entries = new Entry[Size];

    public CommandTable(IReadOnlyList<RespCommand> commands)
    {
        Commands = commands;
        foreach (RespCommand command in commands)
        {
            Add(command);
            command.Index = IndexCount++;
            foreach (RespCommand sub in command.Subcommands)
            {
                sub.Index = IndexCount++;
            }
        }
    }

    /// <summary>The table of all commands.</summary>
    public static CommandTable All { get; } = new(RegisteredCommands.Create());

    /// <summary>All commands, containers without their subcommands.</summary>
    public IReadOnlyList<RespCommand> Commands { get; }

    /// <summary>Commands and subcommands: each has a number below it.</summary>
    public int IndexCount { get; private set; }

    /// <summary>Has a command found that is not listed; after the start only tests do so.</summary>
    public void Add(RespCommand command)
    {
        ulong folded = Fold(command.ShortName);
        uint place = Place(folded, command.ShortName.Length);
        while (_entries[place].Command is not null)
        {
            place = (place + 1) % Size;
        }

        _entries[place] = new Entry(folded, command.ShortName, command);
    }

    /// <summary>The command of a name, or null.</summary>
    public RespCommand? Find(ReadOnlySpan<byte> name)
    {
        ulong folded = Fold(name);
        for (uint place = Place(folded, name.Length); ; place = (place + 1) % Size)
        {
            ref readonly Entry entry = ref _entries[place];
            if (entry.Command is null)
            {
                return null;
            }

            if (entry.Folded == folded && entry.Name.Length == name.Length && Ascii.EqualsIgnoreCase(entry.Name, name))
            {
                return entry.Command;
            }
        }
    }

    /// <summary>The command of a full name such as <c>client|id</c>, or null.</summary>
    public RespCommand? FindFull(ReadOnlySpan<byte> fullName)
    {
        int bar = fullName.IndexOf((byte)'|');
        if (bar < 0)
        {
            return Find(fullName);
        }

        return Find(fullName[..bar]) is { } container ? FindSub(container, fullName[(bar + 1)..]) : null;
    }

    /// <summary>The subcommand of a container, or null.</summary>
    public static RespCommand? FindSub(RespCommand container, ReadOnlySpan<byte> name)
    {
        foreach (RespCommand sub in container.Subcommands)
        {
            if (Ascii.EqualsIgnoreCase(sub.ShortName, name))
            {
                return sub;
            }
        }

        return null;
    }

    // The first eight bytes without the bit that tells the case of a letter; the full comparison follows.
    private static ulong Fold(ReadOnlySpan<byte> name)
    {
        ulong bytes = 0;
        if (name.Length >= 8)
        {
            bytes = BinaryPrimitives.ReadUInt64LittleEndian(name);
        }
        else if (name.Length >= 4)
        {
            bytes = BinaryPrimitives.ReadUInt32LittleEndian(name)
                | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]) << ((name.Length - 4) * 8));
        }
        else
        {
            for (int i = 0; i < name.Length; i++)
            {
                bytes |= (ulong)name[i] << (i * 8);
            }
        }

        return bytes & 0xDFDFDFDFDFDFDFDF;
    }

    private static uint Place(ulong folded, int length) =>
        (uint)(((folded + (uint)length) * 0x9E3779B97F4A7C15) >> (64 - 11));

    private readonly record struct Entry(ulong Folded, byte[] Name, RespCommand Command);
}
