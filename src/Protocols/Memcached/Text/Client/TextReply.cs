namespace SessionGateway.Protocols.Memcached.Text.Client;

/// <summary>
/// A line that a server sent, with its data block if it has one. The answer to a retrieval is any number of
/// <c>VALUE</c>s and <c>END</c>; that to <c>stats</c> any number of <c>STAT</c>s and <c>END</c>; every other answer is
/// one line.
/// </summary>
public readonly ref struct TextReply
{
    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Line { get; init; }

    /// <summary><c>VALUE key flags bytes [cas]</c>: a data block came with the line.</summary>
    public bool IsValue { get; init; }

    /// <summary>Key of a value.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Client flags of a value.</summary>
    public uint Flags { get; init; }

    /// <summary>cas unique of a value; 0 when it was not asked for.</summary>
    public ulong Cas { get; init; }

    /// <summary>The data block.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>True when the line is this word and nothing else.</summary>
    public bool Is(ReadOnlySpan<byte> word) => !IsValue && Line.SequenceEqual(word);

    /// <summary><c>ERROR</c>, <c>CLIENT_ERROR text</c> or <c>SERVER_ERROR text</c>.</summary>
    public bool IsError => !IsValue
        && (Line.SequenceEqual("ERROR"u8) || Line.StartsWith("CLIENT_ERROR "u8) || Line.StartsWith("SERVER_ERROR "u8));
}
