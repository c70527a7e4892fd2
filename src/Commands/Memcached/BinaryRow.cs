using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached;

/// <summary>One opcode: its verb and what the opcode itself says.</summary>
/// <param name="Opcode">The opcode.</param>
/// <param name="Verb">The verb.</param>
/// <param name="IsQuiet">The expected answer is left out: a hit's of a write, a miss of a get.</param>
/// <param name="HasKey">The answer repeats the key.</param>
internal sealed record BinaryRow(BinaryOpcode Opcode, IBinaryVerb Verb, bool IsQuiet = false, bool HasKey = false)
{
    /// <summary>What requests carry, copied here because every request asks for it.</summary>
    public BinaryShape? Shape { get; } = Verb.Descriptor.Shape;

    /// <summary>What the checks must know, copied here because every request asks for it.</summary>
    public CommandTraits Traits { get; } = Verb.Descriptor.Traits;
}
