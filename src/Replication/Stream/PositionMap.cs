namespace SessionGateway.Replication.Stream;

/// <summary>
/// Which position of one order belongs to which of another one, both only going up: up to which mutation has everything
/// who has read a history up to an offset. Of fixed size: when it is full every second entry is given up, so the older
/// a place is the later is told what is there, never earlier. Any thread.
/// </summary>
public sealed class PositionMap
{
    /// <summary>Entries, 128 KB: some thousand writes wait at a time at most.</summary>
    public const int Capacity = 8192;

    private readonly Lock _lock = new();
    private readonly long[] _from = new long[Capacity];
    private readonly long[] _to = new long[Capacity];
    private int _count;

    /// <summary>Who has reached <paramref name="from"/> has everything up to <paramref name="to"/>.</summary>
    public void Add(long from, long to)
    {
        lock (_lock)
        {
            if (_count > 0 && _from[_count - 1] == from)
            {
                _to[_count - 1] = to;
                return;
            }

            if (_count == Capacity)
            {
                _count /= 2;
                for (int i = 0; i < _count; i++)
                {
                    (_from[i], _to[i]) = (_from[(2 * i) + 1], _to[(2 * i) + 1]);
                }
            }

            (_from[_count], _to[_count]) = (from, to);
            _count++;
        }
    }

    /// <summary>What has everything up to <paramref name="from"/> has reached in the other order; -1 when that is not
    /// known.</summary>
    public long At(long from)
    {
        lock (_lock)
        {
            int found = Array.BinarySearch(_from, 0, _count, from);
            int index = found >= 0 ? found : ~found - 1;
            return index < 0 ? -1 : _to[index];
        }
    }

    /// <summary>Other orders begin.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _count = 0;
        }
    }
}
