namespace SessionGateway.Sessions;

/// <summary>phpredis' compression of values (<c>redis.session.compression</c>, <c>Redis::OPT_COMPRESSION</c>). Nothing
/// stored tells which.</summary>
public enum PhpRedisCompression
{
    /// <summary>Values are stored as they are.</summary>
    None,

    /// <summary>A raw LZF stream.</summary>
    Lzf,

    /// <summary>A zstd frame: recognised and refused, since .NET has no decoder for it.</summary>
    Zstd,

    /// <summary>A checksum, the length, and an LZ4 block.</summary>
    Lz4,
}
