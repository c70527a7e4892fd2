namespace SessionGateway.Protocols.Detection;

/// <summary>The protocol one connection speaks.</summary>
public enum WireProtocol
{
    /// <summary>No byte has come yet.</summary>
    Unknown,

    /// <summary>memcached text (protocol.txt).</summary>
    MemcachedText,

    /// <summary>memcached binary (BinaryProtocolRevamped).</summary>
    MemcachedBinary,

    /// <summary>Redis RESP2 or RESP3.</summary>
    Resp,
}
