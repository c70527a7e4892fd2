namespace SessionGateway.Protocols;

/// <summary>
/// What a reader found at the start of the input. The readers of all protocols have one shape: a struct that belongs to
/// one connection, with <c>TryRead(input, …, out request, out size)</c>.
/// </summary>
public enum ReadStatus
{
    /// <summary>
    /// A complete request of <c>size</c> bytes. RESP's empty ones (<c>*0</c>, an empty line) are stepped over without a
    /// reply.
    /// </summary>
    Done,

    /// <summary>
    /// The start of a request; the reader's <c>NeedBytes</c> tells from how many bytes on another call is worth while,
    /// with the same bytes in front.
    /// </summary>
    NeedMoreData,

    /// <summary>
    /// A request of <c>size</c> bytes that must be answered with the reader's <c>Error</c>; as many bytes behind it as
    /// the reader's <c>Swallow</c> says belong to it and are stepped over. The connection goes on behind them.
    /// </summary>
    BadRequest,

    /// <summary>
    /// Nothing behind this point can be read: the connection ends, after the reader's <c>Error</c> if it has one.
    /// </summary>
    Fatal,
}
