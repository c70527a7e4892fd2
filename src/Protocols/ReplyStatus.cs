namespace SessionGateway.Protocols;

/// <summary>What a client found at the start of the bytes that came from a server.</summary>
public enum ReplyStatus
{
    /// <summary>A complete reply.</summary>
    Done,

    /// <summary>The start of a reply; more bytes are needed.</summary>
    NeedMoreData,

    /// <summary>Not the protocol: nothing behind this point can be read, the connection ends.</summary>
    Fatal,
}
