namespace SessionGateway.Store.Policies;

/// <summary>The class of all keys that start with some bytes, in every database.</summary>
/// <param name="Prefix">First bytes of the keys; none means every key. Of several rules the first that fits
/// counts.</param>
/// <param name="Class">What the items are worth.</param>
public sealed record PrefixRule(ReadOnlyMemory<byte> Prefix, PrefixClass Class);
