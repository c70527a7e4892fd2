namespace SessionGateway.Protocols.Resp.Client;

/// <summary>
/// Finds the end of a reply in bytes that come piece by piece. Complete values are looked at once, whatever the pieces
/// are, and nothing is allocated. One for each connection; it is ready for the next reply after each <see
/// cref="ReplyStatus.Done"/>.
/// </summary>
public struct RespReplyScanner
{
    // Values that are still to come, less one: a fresh scanner waits for one value.
    private long _more;
    private int _at;

    /// <summary>Bytes from which a new attempt is worth while, after <see cref="ReplyStatus.NeedMoreData"/>.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>Scans on. The input starts with the reply and holds at least what it held the last time.</summary>
    /// <param name="input">Received bytes.</param>
    /// <param name="length">Bytes of the reply.</param>
    public ReplyStatus Scan(ReadOnlySpan<byte> input, out int length)
    {
        length = 0;
        while (_more >= 0)
        {
            ReplyStatus status = RespReplyHead.TryRead(input[_at..], out RespReplyHead head);
            if (status != ReplyStatus.Done)
            {
                NeedBytes = input.Length + 1;
                return status;
            }

            long next = (long)_at + head.Length + (head.BulkLength < 0 ? 0 : head.BulkLength + 2);
            if (next > int.MaxValue)
            {
                return ReplyStatus.Fatal;
            }

            if (next > input.Length)
            {
                NeedBytes = (int)next;
                return ReplyStatus.NeedMoreData;
            }

            if (head.BulkLength >= 0 && !IsRight(head, input[(_at + head.Length)..(int)next]))
            {
                return ReplyStatus.Fatal;
            }

            _at = (int)next;
            // An attribute stands before a value and is none itself.
            _more += head.Count - (head.Kind == RespReplyKind.Attribute ? 0 : 1);
        }

        length = _at;
        this = default;
        return ReplyStatus.Done;
    }

    private static bool IsRight(in RespReplyHead head, ReadOnlySpan<byte> bytes) =>
        bytes.EndsWith("\r\n"u8) && (head.Kind != RespReplyKind.Verbatim || bytes[3] == (byte)':');
}
