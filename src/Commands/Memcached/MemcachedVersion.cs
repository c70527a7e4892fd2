namespace SessionGateway.Commands.Memcached;

/// <summary>
/// The memcached version whose behaviour is kept and that clients are told. Three small numbers: libmemcached reads the
/// answer into 32 bytes and refuses anything else.
/// </summary>
internal static class MemcachedVersion
{
    public const string Text = "1.6.18";

    public static ReadOnlySpan<byte> Bytes => "1.6.18"u8;
}
