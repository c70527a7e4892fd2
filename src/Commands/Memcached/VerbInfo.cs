using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.Commands.Memcached;

/// <summary>What a verb is, for whoever lists them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsText">True when it is a word of the text protocol.</param>
/// <param name="Opcodes">Its opcodes.</param>
/// <param name="Keys">How many keys it takes, in words.</param>
/// <param name="Access">What it does to items, in words.</param>
/// <param name="IsForStrangers">True when the binary protocol allows it before the login.</param>
/// <param name="TakesNoReply">True when the text protocol's noreply silences it.</param>
public sealed record VerbInfo(
    string Name, bool IsText, IReadOnlyList<BinaryOpcode> Opcodes, string Keys, string Access, bool IsForStrangers,
    bool TakesNoReply);
