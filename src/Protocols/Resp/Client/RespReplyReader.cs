namespace SessionGateway.Protocols.Resp.Client;

/// <summary>
/// Walks over the values of a complete reply (<see cref="RespReplyScanner"/>) in the order of their bytes: an aggregate
/// comes before what belongs to it.
/// </summary>
public ref struct RespReplyReader(ReadOnlySpan<byte> reply)
{
    private readonly ReadOnlySpan<byte> _reply = reply;
    private int _at;

    /// <summary>Type of the value.</summary>
    public RespReplyKind Kind { get; private set; }

    /// <summary>
    /// The bytes of a bulk string, the text of a simple string, an error, a number; of a verbatim string with its
    /// format; <c>t</c> or <c>f</c>; empty for null and aggregates.
    /// </summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Values that follow and belong to this one; twice the pairs of a map.</summary>
    public long Count { get; private set; }

    /// <summary>True for both kinds of errors.</summary>
    public readonly bool IsError => Kind is RespReplyKind.Error or RespReplyKind.BulkError;

    /// <summary>The value of an integer; 0 for other types.</summary>
    public readonly long Integer =>
        Kind == RespReplyKind.Integer && RespNumbers.TryInt64(Text, out long value) ? value : 0;

    /// <summary>Goes to the next value; false at the end.</summary>
    public bool Read()
    {
        if (RespReplyHead.TryRead(_reply[_at..], out RespReplyHead head) != ReplyStatus.Done)
        {
            return false;
        }

        _at += head.Length;
        Kind = head.Kind;
        Count = head.Count;
        Text = head.BulkLength >= 0 ? _reply.Slice(_at, head.BulkLength)
            : Kind == RespReplyKind.Null || IsAggregate(Kind) ? default
            : head.Text;
        _at += head.BulkLength < 0 ? 0 : head.BulkLength + 2;
        return true;
    }

    /// <summary>True for types that others belong to.</summary>
    public static bool IsAggregate(RespReplyKind kind) =>
        kind is RespReplyKind.Array or >= RespReplyKind.Map;
}
