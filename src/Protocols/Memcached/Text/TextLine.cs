namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>One line of the text protocol, in the bytes that it came in.</summary>
public readonly ref struct TextLine
{
    private readonly int _length;
    private readonly int _verbStart;
    private readonly int _verbLength;

    internal TextLine(ReadOnlySpan<byte> input, int length, int size)
    {
        Input = input;
        Size = size;
        _length = length;
        int start = 0;
        while (start < length && input[start] == (byte)' ')
        {
            start++;
        }

        int end = start;
        while (end < length && input[end] != (byte)' ')
        {
            end++;
        }

        _verbStart = start;
        _verbLength = end - start;
    }

    /// <summary>Bytes at hand, from the line's first.</summary>
    public ReadOnlySpan<byte> Input { get; }

    /// <summary>Bytes of the line with its end.</summary>
    public int Size { get; }

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Bytes => Input[.._length];

    /// <summary>What has arrived behind the line.</summary>
    public ReadOnlySpan<byte> Behind => Input[Size..];

    /// <summary>Its first word; empty in a line of blanks.</summary>
    public ReadOnlySpan<byte> Verb => Input.Slice(_verbStart, _verbLength);

    /// <summary>The words behind the first.</summary>
    public TextTokens Words => new(Input[(_verbStart + _verbLength).._length]);
}
