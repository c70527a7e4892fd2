namespace SessionGateway.Store.Policies;

/// <summary>Values to keep compressed. Readers see the value as it was written.</summary>
/// <param name="Prefix">First bytes of the keys; none means every key. Of several rules the first that fits
/// counts.</param>
/// <param name="LeastBytes">Shortest value worth the time; below a kilobyte little is won.</param>
public sealed record CompressionRule(ReadOnlyMemory<byte> Prefix, int LeastBytes = 1024);
