namespace SessionGateway.Protocols.Detection;

/// <summary>How a listener reads the first bytes of its connections.</summary>
public enum ListenerProtocol
{
    /// <summary>0x80 memcached binary, <c>*</c> RESP, everything else memcached text.</summary>
    Auto,

    /// <summary>0x80 memcached binary, everything else memcached text.</summary>
    Memcached,

    /// <summary>0x80 memcached binary, everything else RESP (letters are inline commands).</summary>
    Resp,
}
