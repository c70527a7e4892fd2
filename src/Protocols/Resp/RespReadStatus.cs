namespace SessionGateway.Protocols.Resp;

/// <summary>What the reader found at the start of the input.</summary>
public enum RespReadStatus
{
    /// <summary>
    /// A complete request; one without arguments (<c>*0</c>, an empty line) is stepped over without a reply.
    /// </summary>
    Done,

    /// <summary>The start of a request; more bytes are needed.</summary>
    NeedMoreData,

    /// <summary>A protocol error: it is answered, then the connection ends.</summary>
    Fatal,
}
