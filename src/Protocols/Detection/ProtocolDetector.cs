namespace SessionGateway.Protocols.Detection;

/// <summary>Tells the protocol of a connection from its first byte; consumes nothing.</summary>
public static class ProtocolDetector
{
    /// <summary>First byte of every memcached binary request ("magic").</summary>
    public const byte BinaryRequestMagic = 0x80;

    /// <summary>First byte of a TLS handshake record: a client that speaks TLS to a listener without it.</summary>
    public const byte TlsHandshake = 0x16;

    /// <summary>The protocol that a first byte means on a listener.</summary>
    public static WireProtocol Detect(byte first, ListenerProtocol listener) => first switch
    {
        BinaryRequestMagic => WireProtocol.MemcachedBinary,
        _ when listener == ListenerProtocol.Resp => WireProtocol.Resp,
        (byte)'*' when listener == ListenerProtocol.Auto => WireProtocol.Resp,
        _ => WireProtocol.MemcachedText,
    };
}
