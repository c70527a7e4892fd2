namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>Words of a line, separated by one or more blanks; only a blank separates (memcached.c,
/// tokenize_command).</summary>
public ref struct TextTokens(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>What no call has taken yet, leading blanks included.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>True when only blanks are left.</summary>
    public readonly bool IsAtEnd =>
        !(_rest.Length > 1 && _rest[1] != (byte)' ') && _rest.IndexOfAnyExcept((byte)' ') < 0;

    /// <summary>Takes the next word; empty at the end of the line.</summary>
    public ReadOnlySpan<byte> Next()
    {
        int start = 0;
        while (start < _rest.Length && _rest[start] == (byte)' ')
        {
            start++;
        }

        ReadOnlySpan<byte> from = _rest[start..];
        int end = from.IndexOf((byte)' ');
        if (end < 0)
        {
            end = from.Length;
        }

        _rest = from[end..];
        return from[..end];
    }
}
