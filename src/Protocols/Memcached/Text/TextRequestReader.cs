namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>
/// Reads the text protocol (memcached doc/protocol.txt; limits and error lines as proto_text.c of memcached 1.6 has
/// them): a line here, and then its words, and data if there is some, by the type that stands for what the verb wants
/// (<see cref="StorageLine"/> and the others). A request that is not complete is read again from its start.
/// </summary>
public struct TextRequestReader
{
    private int _searched;

    /// <summary>Longest value accepted.</summary>
    public int MaxValueBytes { get; set; }

    /// <summary>After NeedMoreData: total bytes, from the request's first, that are worth another call.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>
    /// After BadRequest: so many bytes behind the line belong to the refused request, or a value would be executed.
    /// </summary>
    public long Swallow { get; private set; }

    /// <summary>After BadRequest and Fatal.</summary>
    public TextError Error { get; private set; }

    /// <summary>After BadRequest and Fatal: the request said <c>noreply</c>, and so the error is not
    /// answered.</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>Reads the line at the start of the input.</summary>
    /// <param name="input">Bytes at hand.</param>
    /// <param name="line">The line, for Done.</param>
    /// <param name="size">Its bytes with its end, for Done.</param>
    public ReadStatus TryRead(ReadOnlySpan<byte> input, out TextLine line, out int size)
    {
        int end = input[_searched..].IndexOf((byte)'\n');
        if (end < 0)
        {
            // What comes byte by byte is searched once.
            _searched = input.Length;
            line = default;
            size = 0;
            return IsEndlessLine(input) ? End(TextError.None) : Need(input.Length + 1);
        }

        end += _searched;
        _searched = 0;
        size = end + 1;
        line = new TextLine(input, end > 1 && input[end - 1] == (byte)'\r' ? end - 1 : end, size);
        return ReadStatus.Done;
    }

    /// <summary>The request is not complete.</summary>
    internal ReadStatus Need(int bytes)
    {
        NeedBytes = bytes;
        return ReadStatus.NeedMoreData;
    }

    /// <summary>The request is refused.</summary>
    public ReadStatus Refuse(TextError error, bool isQuiet = false, long swallow = 0)
    {
        Error = error;
        IsQuiet = isQuiet;
        Swallow = swallow;
        return ReadStatus.BadRequest;
    }

    /// <summary>The connection ends.</summary>
    public ReadStatus End(TextError error, bool isQuiet = false)
    {
        Refuse(error, isQuiet);
        return ReadStatus.Fatal;
    }

    private static bool IsEndlessLine(ReadOnlySpan<byte> input)
    {
        if (input.Length <= MemcachedLimits.LineBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> start = input.TrimStart((byte)' ');
        bool isGet = start.StartsWith("get "u8) || start.StartsWith("gets "u8);
        return !isGet || input.Length - start.Length > 100 || input.Length > MemcachedLimits.GetLineBytes;
    }
}
