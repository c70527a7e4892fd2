namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>What lies in the store.</summary>
/// <param name="Value">The bytes.</param>
/// <param name="Flags">memcached's client flags; 0 over RESP, which has none.</param>
internal sealed record RawItem(byte[] Value, uint Flags);
