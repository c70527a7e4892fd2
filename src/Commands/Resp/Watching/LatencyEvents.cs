namespace SessionGateway.Commands.Resp.Watching;

/// <summary>Peaks of LATENCY: for each kind of event its last 160 seconds with one; from any thread.</summary>
internal sealed class LatencyEvents
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, LatencyEvent> _events = new(StringComparer.Ordinal);

    /// <summary>Notes a peak.</summary>
    /// <param name="name">Kind of event.</param>
    /// <param name="time">Unix seconds.</param>
    /// <param name="milliseconds">How long it took.</param>
    public void Add(string name, long time, long milliseconds)
    {
        lock (_lock)
        {
            if (!_events.TryGetValue(name, out LatencyEvent? known))
            {
                _events[name] = known = new LatencyEvent(name);
            }

            known.Add(time, milliseconds);
        }
    }

    /// <summary>All kinds that were seen, by name.</summary>
    public LatencyEvent[] All()
    {
        lock (_lock)
        {
            return [.. _events.Values.Select(e => e.Copy())];
        }
    }

    /// <summary>One kind, or null.</summary>
    public LatencyEvent? Find(string name)
    {
        lock (_lock)
        {
            return _events.GetValueOrDefault(name)?.Copy();
        }
    }

    /// <summary>Forgets a kind, named in any case.</summary>
    /// <returns>False when it was not there.</returns>
    public bool Remove(string name)
    {
        lock (_lock)
        {
            string? found = _events.Keys.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
            return found is not null && _events.Remove(found);
        }
    }

    /// <summary>Forgets all.</summary>
    /// <returns>How many there were.</returns>
    public int Clear()
    {
        lock (_lock)
        {
            int count = _events.Count;
            _events.Clear();
            return count;
        }
    }
}
