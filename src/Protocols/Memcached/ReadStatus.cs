namespace SessionGateway.Protocols.Memcached;

/// <summary>What a reader found at the start of the input.</summary>
public enum ReadStatus
{
    /// <summary>A complete request.</summary>
    Done,

    /// <summary>The start of a request; more bytes are needed.</summary>
    NeedMoreData,

    /// <summary>A request that must be answered with its error line; the connection goes on behind it.</summary>
    BadRequest,

    /// <summary>Not the protocol: nothing behind this point can be read, the connection ends.</summary>
    Fatal,
}
