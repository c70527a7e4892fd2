using System.Runtime.InteropServices;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>
/// Commands that wait for EXEC, with copies of their arguments. The copies lie in one unmanaged block, because a queue
/// may be megabytes, and what a burst of queues leaves behind must not wait for a collection. Whoever fills it clears
/// it.
/// </summary>
internal sealed class CommandQueue
{
    // Two numbers: how many arguments, and how long they are together.
    private const int HeadBytes = 2 * sizeof(int);
    private const int PlaceBytes = 2 * sizeof(int);

    private readonly List<RespCommand> _commands = [];

    // For each command its head, the places of its arguments from the first on, and the arguments.
    private ByteQueue _bytes;

    /// <summary>Commands that wait.</summary>
    public int Count => _commands.Count;

    /// <summary>Bytes of memory held.</summary>
    public long HeldBytes => (long)_bytes.Capacity + (_commands.Capacity * IntPtr.Size);

    /// <summary>Memory that a request takes at least.</summary>
    public static long BytesOf(in RespRequest request) =>
        HeadBytes + IntPtr.Size + ((long)request.Count * PlaceBytes) + LengthOf(request);

    /// <summary>Adds a command with a copy of its arguments.</summary>
    public void Add(RespCommand command, in RespRequest request)
    {
        // What comes next begins where numbers may begin.
        int length = (LengthOf(request) + sizeof(int) - 1) & -sizeof(int);
        int size = HeadBytes + (request.Count * PlaceBytes) + length;
        Span<byte> room = _bytes.GetSpan(size)[..size];
        Span<int> head = MemoryMarshal.Cast<byte, int>(room[..HeadBytes]);
        head[0] = request.Count;
        head[1] = length;
        Span<RespArgument> places = MemoryMarshal.Cast<byte, RespArgument>(room[HeadBytes..^length]);
        Span<byte> bytes = room[^length..];
        int at = 0;
        for (int i = 0; i < request.Count; i++)
        {
            ReadOnlySpan<byte> argument = request[i];
            argument.CopyTo(bytes[at..]);
            places[i] = new RespArgument(at, argument.Length);
            at += argument.Length;
        }

        _bytes.Advance(size);
        _commands.Add(command);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _commands.Clear();
        _commands.TrimExcess();
        _bytes.Free();
    }

    /// <summary>Goes through the queue; nothing may be added or cleared meanwhile.</summary>
    public Enumerator GetEnumerator() => new(_commands, _bytes.Bytes);

    private static int LengthOf(in RespRequest request)
    {
        int length = 0;
        foreach (RespArgument argument in request.Arguments)
        {
            length += argument.Length;
        }

        return length;
    }

    /// <summary>One command after the other.</summary>
    public ref struct Enumerator(List<RespCommand> commands, ReadOnlySpan<byte> bytes)
    {
        private readonly List<RespCommand> _commands = commands;
        private ReadOnlySpan<byte> _rest = bytes;
        private int _next;

        /// <summary>The command that <see cref="MoveNext"/> came to.</summary>
        public QueuedCommand Current { get; private set; }

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext()
        {
            if (_next == _commands.Count)
            {
                return false;
            }

            ReadOnlySpan<int> head = MemoryMarshal.Cast<byte, int>(_rest[..HeadBytes]);
            int bytesFrom = HeadBytes + (head[0] * PlaceBytes);
            int end = bytesFrom + head[1];
            ReadOnlySpan<RespArgument> places = MemoryMarshal.Cast<byte, RespArgument>(_rest[HeadBytes..bytesFrom]);
            Current = new QueuedCommand(_commands[_next++], new RespRequest(_rest[bytesFrom..end], places));
            _rest = _rest[end..];
            return true;
        }
    }
}
