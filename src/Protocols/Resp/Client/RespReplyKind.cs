namespace SessionGateway.Protocols.Resp.Client;

/// <summary>Types of values in replies (RESP3 specification; RESP2 has the first five and null).</summary>
public enum RespReplyKind
{
    /// <summary><c>+text</c></summary>
    Simple,

    /// <summary><c>-text</c></summary>
    Error,

    /// <summary><c>:number</c></summary>
    Integer,

    /// <summary><c>$length</c> and bytes</summary>
    Bulk,

    /// <summary><c>*count</c> and as many values</summary>
    Array,

    /// <summary><c>_</c>; in RESP2 <c>$-1</c> or <c>*-1</c></summary>
    Null,

    /// <summary><c>#t</c> or <c>#f</c></summary>
    Boolean,

    /// <summary><c>,number</c></summary>
    Double,

    /// <summary><c>(number</c></summary>
    BigNumber,

    /// <summary><c>!length</c> and bytes</summary>
    BulkError,

    /// <summary><c>=length</c>, three letters, a colon and text</summary>
    Verbatim,

    /// <summary><c>%count</c> and twice as many values</summary>
    Map,

    /// <summary><c>~count</c> and as many values</summary>
    Set,

    /// <summary><c>&gt;count</c> and as many values: not a reply, but a message</summary>
    Push,

    /// <summary><c>|count</c> and twice as many values, which say something about the value behind them</summary>
    Attribute,
}
