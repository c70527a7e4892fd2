namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>What a RESP command means to who only relays it.</summary>
internal enum RespVerb
{
    /// <summary>One reply, and nothing remembered.</summary>
    Plain,

    /// <summary>Says who or where the client is: has to be said again elsewhere.</summary>
    Kept,

    /// <summary>Other numbers of replies, or the connection's end.</summary>
    Ends,

    /// <summary>MULTI.</summary>
    Multi,

    /// <summary>EXEC and DISCARD.</summary>
    Exec,

    /// <summary>WATCH.</summary>
    Watch,

    /// <summary>UNWATCH.</summary>
    Unwatch,
}
