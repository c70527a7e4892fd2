using System.Text;
using SessionGateway.Commands.Memcached.Statistics;
using SessionGateway.Commands.Memcached.Verbs;

namespace SessionGateway.Commands.Memcached;

/// <summary>The verbs of the text protocol by their words.</summary>
internal static class TextTable
{
    /// <summary>All verbs, one line each.</summary>
    public static ITextVerb[] All { get; } =
    [
        GetCommand.Get,
        GetCommand.Gets,
        GetCommand.Gat,
        GetCommand.Gats,
        StoreCommand.Set,
        StoreCommand.Add,
        StoreCommand.Replace,
        StoreCommand.Append,
        StoreCommand.Prepend,
        StoreCommand.Cas,
        DeleteCommand.Instance,
        ArithmeticCommand.Increment,
        ArithmeticCommand.Decrement,
        TouchCommand.Instance,
        FlushCommand.Instance,
        VersionCommand.Instance,
        VerbosityCommand.Instance,
        StatsCommand.Instance,
        MetaDumpCommand.Instance,
        MetaDebugCommand.Instance,
        MetaSetCommand.Instance,
        ShutdownCommand.Instance,
        QuitCommand.Instance,
    ];

    // Behind the list that they are made from.
    private static readonly (byte[] Word, ITextVerb Verb)[] Slots = new (byte[], ITextVerb)[256];
    private static readonly uint Multiplier = Fill();

    /// <summary>The verb of a word; null when nobody knows it.</summary>
    public static ITextVerb? Find(ReadOnlySpan<byte> word)
    {
        if (word.Length < 2)
        {
            return null;
        }

        (byte[] name, ITextVerb verb) = Slots[Slot(word, Multiplier)];
        return word.SequenceEqual(name) ? verb : null;
    }

    // First, second and last letter and the length tell all words apart.
    private static uint Slot(ReadOnlySpan<byte> word, uint multiplier) =>
        ((word[0] | ((uint)word[1] << 8) | ((uint)word[^1] << 16) | ((uint)word.Length << 24)) * multiplier) >> 24;

    // Looks for a number that gives every word a slot of its own; which one is found is the same in every process.
    private static uint Fill()
    {
        for (uint multiplier = 0x9e3779b1; ; multiplier += 2)
        {
            Array.Clear(Slots);
            if (All.All(verb => TryPlace(verb, multiplier)))
            {
                return multiplier;
            }
        }
    }

    private static bool TryPlace(ITextVerb verb, uint multiplier)
    {
        byte[] word = Encoding.ASCII.GetBytes(verb.Descriptor.Name);
        ref (byte[] Word, ITextVerb Verb) slot = ref Slots[Slot(word, multiplier)];
        if (slot.Verb is not null)
        {
            return false;
        }

        slot = (word, verb);
        return true;
    }
}
