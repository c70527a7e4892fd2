namespace SessionGateway.Gateway.Connections;

/// <summary>
/// The open connections of one loop, in no order; each knows its place (<see cref="Connection.Slot"/>). Changed by the
/// loop's thread; others may count and copy them.
/// </summary>
internal sealed class LoopConnections
{
    private readonly List<Connection> _list = [];
    private readonly Lock _lock = new();

    /// <summary>Their number; from any thread, a moment old.</summary>
    public int Count => _list.Count;

    /// <summary>The one at a place; the last one takes the place of one that goes.</summary>
    public Connection this[int slot] => _list[slot];

    /// <summary>Takes one in.</summary>
    public void Add(Connection connection)
    {
        lock (_lock)
        {
            connection.Slot = _list.Count;
            _list.Add(connection);
        }
    }

    /// <summary>Takes one out.</summary>
    public void Remove(Connection connection)
    {
        lock (_lock)
        {
            Connection last = _list[^1];
            _list[connection.Slot] = last;
            last.Slot = connection.Slot;
            _list.RemoveAt(_list.Count - 1);
            connection.Slot = -1;
        }
    }

    /// <summary>Adds all to a list; from any thread.</summary>
    public void CopyTo(List<Connection> list)
    {
        lock (_lock)
        {
            list.AddRange(_list);
        }
    }

    /// <summary>All there are now: they may be closed meanwhile.</summary>
    public Connection[] ToArray() => [.. _list];
}
