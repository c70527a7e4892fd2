using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>
/// Gets, hits, sets and deletes by the part of the key before the first colon, counted while <c>stats detail</c> is on
/// (memcached stats_prefix.c). Keys without a colon are not counted.
/// </summary>
internal sealed class PrefixStats
{
    /// <summary>
    /// Most prefixes that are told apart: far more than one names on purpose, and a few hundred kilobytes if somebody
    /// puts a colon behind a number. Later ones are not counted; memcached has no bound.
    /// </summary>
    public const int MaxPrefixes = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], Counts> _counts = new(BytesComparer.Instance);
    private volatile bool _isOn;

    /// <summary>Whether requests are counted.</summary>
    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }

    /// <summary>Counts a look-up.</summary>
    public void CountGet(ReadOnlySpan<byte> key, bool isHit)
    {
        lock (_lock)
        {
            if (Find(key) is { } counts)
            {
                counts.Gets++;
                counts.Hits += isHit ? 1 : 0;
            }
        }
    }

    /// <summary>Counts a write, successful or not.</summary>
    public void CountSet(ReadOnlySpan<byte> key)
    {
        lock (_lock)
        {
            if (Find(key) is { } counts)
            {
                counts.Sets++;
            }
        }
    }

    /// <summary>Counts a delete, successful or not.</summary>
    public void CountDelete(ReadOnlySpan<byte> key)
    {
        lock (_lock)
        {
            if (Find(key) is { } counts)
            {
                counts.Deletes++;
            }
        }
    }

    /// <summary>Forgets all counts.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _counts.Clear();
        }
    }

    // PREFIX <prefix> get <n> hit <n> set <n> del <n>\r\n ... END\r\n
    public void Write(OutputBuffer output)
    {
        lock (_lock)
        {
            foreach ((byte[] prefix, Counts counts) in _counts)
            {
                output.Write("PREFIX "u8);
                output.Write(prefix);
                output.WriteText(
                    $" get {counts.Gets} hit {counts.Hits} set {counts.Sets} del {counts.Deletes}\r\n");
            }
        }

        output.Write("END\r\n"u8);
    }

    private Counts? Find(ReadOnlySpan<byte> key)
    {
        int colon = key.IndexOf((byte)':');
        if (colon < 0)
        {
            return null;
        }

        Dictionary<byte[], Counts>.AlternateLookup<ReadOnlySpan<byte>> lookup =
            _counts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(key[..colon], out Counts? counts) && _counts.Count < MaxPrefixes)
        {
            lookup[key[..colon]] = counts = new Counts();
        }

        return counts;
    }

    private sealed class Counts
    {
        public long Gets;
        public long Hits;
        public long Sets;
        public long Deletes;
    }
}
