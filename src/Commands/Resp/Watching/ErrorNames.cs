namespace SessionGateway.Commands.Resp.Watching;

/// <summary>How many errors of each name (<c>ERR</c>, <c>WRONGTYPE</c> …) were answered; from any thread.</summary>
internal sealed class ErrorNames
{
    // Scripts make names of their own; Redis 7.2 keeps no more, either.
    private const int MaxNames = 128;
    private const int MaxNameBytes = 64;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts an error.</summary>
    /// <param name="line">Its line, behind the <c>-</c>.</param>
    public void Count(ReadOnlySpan<byte> line)
    {
        int end = line.IndexOfAny((byte)' ', (byte)'\r');
        ReadOnlySpan<byte> word = end < 0 ? line : line[..end];
        string name = RespErrors.Preview(word, MaxNameBytes);
        lock (_lock)
        {
            long count = _counts.GetValueOrDefault(name);
            if (count > 0 || _counts.Count < MaxNames)
            {
                _counts[name] = count + 1;
            }
        }
    }

    /// <summary>All names with their counts, in order.</summary>
    public KeyValuePair<string, long>[] All()
    {
        lock (_lock)
        {
            return [.. _counts];
        }
    }

    /// <summary>Starts again.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _counts.Clear();
        }
    }
}
