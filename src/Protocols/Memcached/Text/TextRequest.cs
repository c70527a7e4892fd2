namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>One request of the text protocol. Spans point into the input.</summary>
public ref struct TextRequest
{
    /// <summary>Bytes of the request, line end and data block included; for a bad request the bytes to step over.</summary>
    public int Size;

    /// <summary>First word.</summary>
    public TextVerb Verb;

    /// <summary>The last word is <c>noreply</c> where the grammar allows it.</summary>
    public bool NoReply;

    /// <summary>The key; for gets the first of <see cref="Keys"/>.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>For get, gets, gat, gats: all keys with blanks between. For stats: the arguments.</summary>
    public ReadOnlySpan<byte> Keys;

    /// <summary>Client flags.</summary>
    public uint Flags;

    /// <summary>
    /// Exptime as <see cref="TextNumbers.TryExptime"/> reads it: 0, relative up to 30 days, absolute above, negative = at once.
    /// Delay of flush_all.
    /// </summary>
    public long Exptime;

    /// <summary>cas unique of <c>cas</c>, delta of <c>incr</c> and <c>decr</c>.</summary>
    public ulong Number;

    /// <summary>Announced bytes of the data block; set even when the value is refused.</summary>
    public int Length;

    /// <summary>The data block without its line end.</summary>
    public ReadOnlySpan<byte> Data;

    /// <summary>Error line of a bad or, unless empty, of a fatal request, with its line end.</summary>
    public ReadOnlySpan<byte> Error;

    /// <summary>
    /// Set with an error: this many bytes behind <see cref="Size"/> belong to the refused request and are to be skipped, or a
    /// value would be executed.
    /// </summary>
    public long Swallow;

    /// <summary>The announced value is longer than the limit: the old value of the key must not outlive the refused set.</summary>
    public bool IsTooLarge;
}
