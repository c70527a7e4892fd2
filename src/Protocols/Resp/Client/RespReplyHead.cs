using System.Globalization;

namespace SessionGateway.Protocols.Resp.Client;

/// <summary>The first line of a value: type and text, and for counted bytes and aggregates the number.</summary>
public readonly ref struct RespReplyHead
{
    /// <summary>Longest line that is read, as long as Redis' own inline requests may be.</summary>
    public const int MaxLineBytes = 64 * 1024;

    /// <summary>Longest counted bytes that are read: Redis' limit is half of it.</summary>
    public const int MaxBulkBytes = 1 << 30;

    /// <summary>Type of the value.</summary>
    public RespReplyKind Kind { get; private init; }

    /// <summary>The line behind its type byte, without its end.</summary>
    public ReadOnlySpan<byte> Text { get; private init; }

    /// <summary>Bytes of the line with its end.</summary>
    public int Length { get; private init; }

    /// <summary>Bytes of the value behind the line, without their line end; -1 when none follow.</summary>
    public int BulkLength { get; private init; }

    /// <summary>Values that follow and belong to this one.</summary>
    public long Count { get; private init; }

    /// <summary>Reads the line at the start of the input.</summary>
    public static ReplyStatus TryRead(ReadOnlySpan<byte> input, out RespReplyHead head)
    {
        head = default;
        if (input.IsEmpty)
        {
            return ReplyStatus.NeedMoreData;
        }

        if (!TryKind(input[0], out RespReplyKind kind))
        {
            return ReplyStatus.Fatal;
        }

        int end = input.IndexOfAny((byte)'\r', (byte)'\n');
        bool isTooLong = (end < 0 ? input.Length : end) > MaxLineBytes;
        if (isTooLong || (end >= 0 && input[end] == (byte)'\n'))
        {
            return ReplyStatus.Fatal;
        }

        if (end < 0 || end + 1 == input.Length)
        {
            return ReplyStatus.NeedMoreData;
        }

        return input[end + 1] == (byte)'\n' && TryMake(kind, input[1..end], out head)
            ? ReplyStatus.Done
            : ReplyStatus.Fatal;
    }

    private static bool TryKind(byte type, out RespReplyKind kind)
    {
        int index = "+-:$*_#,(!=%~>|"u8.IndexOf(type);
        kind = (RespReplyKind)index;
        return index >= 0;
    }

    private static bool TryMake(RespReplyKind kind, ReadOnlySpan<byte> text, out RespReplyHead head)
    {
        long number = 0;
        bool isNull = kind is RespReplyKind.Bulk or RespReplyKind.Array && text.SequenceEqual("-1"u8);
        bool isRight = isNull || kind switch
        {
            RespReplyKind.Integer => RespNumbers.TryInt64(text, out _),
            RespReplyKind.Null => text.IsEmpty,
            RespReplyKind.Boolean => text.Length == 1 && text[0] is (byte)'t' or (byte)'f',
            RespReplyKind.Double => IsDouble(text),
            RespReplyKind.BigNumber => IsBigNumber(text),
            RespReplyKind.Bulk or RespReplyKind.BulkError => TryCount(text, MaxBulkBytes, out number),
            RespReplyKind.Verbatim => TryCount(text, MaxBulkBytes, out number) && number >= 4,
            RespReplyKind.Simple or RespReplyKind.Error => true,
            _ => TryCount(text, int.MaxValue, out number),
        };
        bool isCounted = kind is RespReplyKind.Bulk or RespReplyKind.BulkError or RespReplyKind.Verbatim;
        bool isPairs = kind is RespReplyKind.Map or RespReplyKind.Attribute;
        head = new RespReplyHead
        {
            Kind = isNull ? RespReplyKind.Null : kind,
            Text = text,
            Length = text.Length + 3,
            BulkLength = isCounted && !isNull ? (int)number : -1,
            Count = isCounted ? 0 : isPairs ? number * 2 : number,
        };
        return isRight;
    }

    private static bool TryCount(ReadOnlySpan<byte> text, long most, out long number) =>
        RespNumbers.TryInt64(text, out number) && number >= 0 && number <= most;

    private static bool IsBigNumber(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = text.StartsWith("-"u8) ? text[1..] : text;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool IsDouble(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("inf"u8) || text.SequenceEqual("-inf"u8) || text.SequenceEqual("nan"u8)
        || (!text.ContainsAnyExcept("0123456789+-.eE"u8)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
