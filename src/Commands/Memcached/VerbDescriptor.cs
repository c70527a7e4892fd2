using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached;

/// <summary>What is known of a verb before it is executed.</summary>
/// <param name="Name">Its word in the text protocol, its name in protocol_binary.h if it has none.</param>
/// <param name="Traits">What the checks of all protocols must know.</param>
internal sealed record VerbDescriptor(string Name, CommandTraits Traits)
{
    /// <summary>What the checks of all protocols must know. What touches no items does not wait for them.</summary>
    public CommandTraits Traits { get; } =
        Traits | ((Traits & (CommandTraits.Reads | CommandTraits.Writes)) == 0 ? CommandTraits.AnyTime : 0);

    /// <summary>How many keys.</summary>
    public VerbKeys Keys { get; init; }

    /// <summary>True when the text protocol's noreply silences it.</summary>
    public bool TakesNoReply { get; init; }

    /// <summary>What its binary requests carry; null for a verb of the text protocol only.</summary>
    public BinaryShape? Shape { get; init; }
}
