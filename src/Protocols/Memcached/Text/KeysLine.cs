namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>What get, gets, gat and gats want. Their keys are checked when they are looked up, one after
/// another.</summary>
public ref struct KeysLine
{
    /// <summary>All keys with blanks between.</summary>
    public TextTokens Keys;

    /// <summary>Exptime as <see cref="TextNumbers.TryExptime"/> reads it; 0 without one.</summary>
    public long Exptime;

    // get|gets <key>*
    // gat|gats <exptime> <key>*

    /// <summary>Reads the words of a line.</summary>
    /// <param name="reader">Keeps what is wrong.</param>
    /// <param name="line">The line.</param>
    /// <param name="hasExptime">The verb is gat or gats.</param>
    /// <param name="request">What is wanted, for Done.</param>
    public static ReadStatus TryRead(
        ref TextRequestReader reader, in TextLine line, bool hasExptime, out KeysLine request)
    {
        request = default;
        request.Keys = line.Words;
        if (hasExptime)
        {
            ReadOnlySpan<byte> exptime = request.Keys.Next();
            return exptime.IsEmpty ? reader.Refuse(TextError.Request)
                : TextNumbers.TryExptime(exptime, out request.Exptime) ? ReadStatus.Done
                : reader.Refuse(TextError.Exptime);
        }

        return request.Keys.IsAtEnd ? reader.Refuse(TextError.Request) : ReadStatus.Done;
    }
}
