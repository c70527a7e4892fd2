namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>
/// Reads requests of the memcached text protocol (memcached doc/protocol.txt; limits and error lines as proto_text.c of
/// memcached 1.6 has them). Stateless: a request that is not complete is read again from its start.
/// </summary>
public static class TextRequestReader
{
    /// <summary>Longest key (KEY_MAX_LENGTH).</summary>
    public const int MaxKeyBytes = 250;

    /// <summary>A line that is longer than this without an end is only allowed to be a get or gets.</summary>
    public const int MaxLineBytes = 2048;

    /// <summary>Longest line of a get with many keys; memcached has no limit, which is a way to take its memory.</summary>
    public const int MaxGetLineBytes = 4 << 20;

    /// <summary>Reads the request at the start of the input.</summary>
    /// <param name="input">Bytes at hand.</param>
    /// <param name="maxValueBytes">Longest value accepted.</param>
    /// <param name="request">
    /// The request; complete for Done; Error, Size, Swallow and NoReply for BadRequest; Error, which may be empty, and NoReply
    /// for Fatal.
    /// </param>
    /// <param name="needBytes">For NeedMoreData: total input length worth another call.</param>
    /// <param name="searched">
    /// Bytes at the start that are known to hold no line end, so that a line that comes byte by byte is searched once: all that
    /// an earlier call had when it answered NeedMoreData with a Size of 0, else 0.
    /// </param>
    public static ReadStatus Read(
        ReadOnlySpan<byte> input, int maxValueBytes, out TextRequest request, out int needBytes, int searched = 0)
    {
        request = default;
        needBytes = 0;
        int end = input[searched..].IndexOf((byte)'\n');
        if (end < 0)
        {
            needBytes = input.Length + 1;
            return IsEndlessLine(input) ? ReadStatus.Fatal : ReadStatus.NeedMoreData;
        }

        end += searched;
        request.Size = end + 1;
        ReadOnlySpan<byte> line = input[..end];
        if (line.Length > 1 && line[^1] == (byte)'\r')
        {
            line = line[..^1];
        }

        var tokens = new TextTokens(line);
        request.Verb = TextVerbs.Parse(tokens.Next());
        switch (request.Verb)
        {
            case TextVerb.Get or TextVerb.Gets:
                return ReadKeys(tokens, ref request);
            case TextVerb.Gat or TextVerb.Gats:
                return ReadGetAndTouch(tokens, ref request);
            case TextVerb.Set or TextVerb.Add or TextVerb.Replace or TextVerb.Append or TextVerb.Prepend or TextVerb.Cas:
                ReadStatus status = ReadStorageLine(tokens, maxValueBytes, ref request);
                return status == ReadStatus.Done ? ReadData(input, ref request, out needBytes) : status;
            case TextVerb.Delete:
                return ReadDelete(tokens, ref request);
            case TextVerb.Incr or TextVerb.Decr:
                return ReadArithmetic(tokens, ref request);
            case TextVerb.Touch:
                return ReadTouch(tokens, ref request);
            case TextVerb.FlushAll:
                return ReadFlushAll(tokens, ref request);
            case TextVerb.Verbosity:
                return ReadVerbosity(tokens, ref request);
            case TextVerb.Stats or TextVerb.LruCrawler:
                request.Keys = tokens.Rest;
                return ReadStatus.Done;
            case TextVerb.Version or TextVerb.Quit or TextVerb.Shutdown:
                return ReadStatus.Done;
            case TextVerb.MetaSet:
                return BadStorage(tokens, TextErrors.Error, ref request);
            default:
                return TextHttp.IsRequestLine(line) ? ReadStatus.Fatal : Bad(ref request, TextErrors.Error);
        }
    }

    private static bool IsEndlessLine(ReadOnlySpan<byte> input)
    {
        if (input.Length <= MaxLineBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> start = input.TrimStart((byte)' ');
        bool isGet = start.StartsWith("get "u8) || start.StartsWith("gets "u8);
        return !isGet || input.Length - start.Length > 100 || input.Length > MaxGetLineBytes;
    }

    // get|gets <key>*
    private static ReadStatus ReadKeys(TextTokens tokens, ref TextRequest request)
    {
        request.Keys = tokens.Rest;
        request.Key = tokens.Next();
        return request.Key.IsEmpty ? Bad(ref request, TextErrors.Error) : ReadStatus.Done;
    }

    // gat|gats <exptime> <key>*
    private static ReadStatus ReadGetAndTouch(TextTokens tokens, ref TextRequest request)
    {
        ReadOnlySpan<byte> exptime = tokens.Next();
        request.Keys = tokens.Rest;
        request.Key = tokens.Next();
        if (exptime.IsEmpty)
        {
            return Bad(ref request, TextErrors.Error);
        }

        return TextNumbers.TryExptime(exptime, out request.Exptime)
            ? ReadStatus.Done
            : Bad(ref request, TextErrors.BadExptime);
    }

    // <command name> <key> <flags> <exptime> <bytes> [noreply]
    // cas <key> <flags> <exptime> <bytes> <cas unique> [noreply]
    private static ReadStatus ReadStorageLine(TextTokens tokens, int maxValueBytes, ref TextRequest request)
    {
        TextTokens words = tokens;
        request.Key = tokens.Next();
        ReadOnlySpan<byte> flags = tokens.Next();
        ReadOnlySpan<byte> exptime = tokens.Next();
        ReadOnlySpan<byte> bytes = tokens.Next();
        ReadOnlySpan<byte> cas = request.Verb == TextVerb.Cas ? tokens.Next() : "0"u8;
        ReadOnlySpan<byte> last = tokens.Next();
        if (bytes.IsEmpty || cas.IsEmpty || !tokens.Next().IsEmpty)
        {
            return BadStorage(words, TextErrors.Error, ref request);
        }

        // Without a seventh word memcached looks at the sixth, the last there is.
        request.NoReply = IsNoReply(last.IsEmpty ? (request.Verb == TextVerb.Cas ? cas : bytes) : last);
        if (request.Key.Length > MaxKeyBytes
            || !TextNumbers.TryUInt32(flags, out request.Flags)
            || !TextNumbers.TryExptime(exptime, out request.Exptime)
            || !TextNumbers.TryInt32(bytes, out request.Length)
            || !TextNumbers.TryUInt64(cas, out request.Number)
            || request.Length is < 0 or > TextBlockLength.MaxLength)
        {
            return BadStorage(words, TextErrors.BadFormat, ref request);
        }

        if (request.Length > maxValueBytes)
        {
            request.IsTooLarge = true;
            request.Swallow = request.Length + 2L;
            return Bad(ref request, TextErrors.TooLarge);
        }

        return ReadStatus.Done;
    }

    /// <summary>
    /// A refused storage line. memcached executes the data block behind most of them; here it is skipped whenever the line says
    /// how long it is, since it holds what a visitor of some site has typed. If the words can be read in two ways, as with a
    /// blank in the key, the connection ends.
    /// </summary>
    private static ReadStatus BadStorage(TextTokens words, ReadOnlySpan<byte> error, ref TextRequest request)
    {
        bool isKnown = TextBlockLength.TryRead(words, request.Verb, out int length, out bool isAmbiguous);
        request.Swallow = isKnown ? length + 2L : 0;
        request.Error = error;
        return isAmbiguous ? ReadStatus.Fatal : ReadStatus.BadRequest;
    }

    // <data block>\r\n
    private static ReadStatus ReadData(ReadOnlySpan<byte> input, ref TextRequest request, out int needBytes)
    {
        int start = request.Size;
        needBytes = start + request.Length + 2;
        if (input.Length < needBytes)
        {
            return ReadStatus.NeedMoreData;
        }

        request.Size = needBytes;
        request.Data = input.Slice(start, request.Length);
        return input[start + request.Length] == (byte)'\r' && input[start + request.Length + 1] == (byte)'\n'
            ? ReadStatus.Done
            : Bad(ref request, TextErrors.BadChunk);
    }

    // delete <key> [0] [noreply]
    private static ReadStatus ReadDelete(TextTokens tokens, ref TextRequest request)
    {
        request.Key = tokens.Next();
        ReadOnlySpan<byte> second = tokens.Next();
        ReadOnlySpan<byte> third = tokens.Next();
        if (request.Key.IsEmpty || !tokens.Next().IsEmpty)
        {
            return Bad(ref request, TextErrors.Error);
        }

        if (!second.IsEmpty)
        {
            bool isZero = second.SequenceEqual("0"u8);
            request.NoReply = IsNoReply(third.IsEmpty ? second : third);
            if (third.IsEmpty ? !isZero && !request.NoReply : !isZero || !request.NoReply)
            {
                return Bad(ref request, TextErrors.BadDeleteFormat);
            }
        }

        return request.Key.Length > MaxKeyBytes ? Bad(ref request, TextErrors.BadFormat) : ReadStatus.Done;
    }

    // incr|decr <key> <value> [noreply]
    private static ReadStatus ReadArithmetic(TextTokens tokens, ref TextRequest request)
    {
        ReadStatus status = ReadKeyAndArgument(ref tokens, ref request, out ReadOnlySpan<byte> delta);
        if (status != ReadStatus.Done)
        {
            return status;
        }

        return TextNumbers.TryUInt64(delta, out request.Number) ? ReadStatus.Done : Bad(ref request, TextErrors.BadDelta);
    }

    // touch <key> <exptime> [noreply]
    private static ReadStatus ReadTouch(TextTokens tokens, ref TextRequest request)
    {
        ReadStatus status = ReadKeyAndArgument(ref tokens, ref request, out ReadOnlySpan<byte> exptime);
        if (status != ReadStatus.Done)
        {
            return status;
        }

        return TextNumbers.TryExptime(exptime, out request.Exptime) ? ReadStatus.Done : Bad(ref request, TextErrors.BadExptime);
    }

    private static ReadStatus ReadKeyAndArgument(
        ref TextTokens tokens, ref TextRequest request, out ReadOnlySpan<byte> argument)
    {
        request.Key = tokens.Next();
        argument = tokens.Next();
        ReadOnlySpan<byte> last = tokens.Next();
        if (argument.IsEmpty || !tokens.Next().IsEmpty)
        {
            return Bad(ref request, TextErrors.Error);
        }

        request.NoReply = IsNoReply(last.IsEmpty ? argument : last);
        return request.Key.Length > MaxKeyBytes ? Bad(ref request, TextErrors.BadFormat) : ReadStatus.Done;
    }

    // flush_all [<delay>] [noreply]
    private static ReadStatus ReadFlushAll(TextTokens tokens, ref TextRequest request)
    {
        ReadOnlySpan<byte> first = tokens.Next();
        ReadOnlySpan<byte> second = tokens.Next();
        if (!tokens.Next().IsEmpty)
        {
            return Bad(ref request, TextErrors.Error);
        }

        request.NoReply = IsNoReply(second.IsEmpty ? first : second);
        bool hasDelay = request.NoReply ? !second.IsEmpty : !first.IsEmpty;
        return !hasDelay || TextNumbers.TryExptime(first, out request.Exptime)
            ? ReadStatus.Done
            : Bad(ref request, TextErrors.BadExptime);
    }

    // verbosity <level> [noreply]: the level is checked and means nothing here
    private static ReadStatus ReadVerbosity(TextTokens tokens, ref TextRequest request)
    {
        ReadOnlySpan<byte> level = tokens.Next();
        ReadOnlySpan<byte> last = tokens.Next();
        if (level.IsEmpty || !tokens.Next().IsEmpty)
        {
            return Bad(ref request, TextErrors.Error);
        }

        request.NoReply = IsNoReply(last.IsEmpty ? level : last);
        return TextNumbers.TryUInt32(level, out _) ? ReadStatus.Done : Bad(ref request, TextErrors.BadFormat);
    }

    private static bool IsNoReply(ReadOnlySpan<byte> word) => word.SequenceEqual("noreply"u8);

    private static ReadStatus Bad(ref TextRequest request, ReadOnlySpan<byte> error)
    {
        request.Error = error;
        return ReadStatus.BadRequest;
    }
}
