namespace SessionGateway.Gateway.Connections.Strangers;

/// <summary>
/// Those of all loops who still have to log in, in the order in which they came, and who of them has to go. One
/// decision is made after the other, and who was chosen has given its place at once, although its loop closes it a
/// little later: two newcomers never ask for the same place, and none is refused while a place is about to be free.
/// From any thread.
/// </summary>
/// <param name="places">Most of them at a time.</param>
/// <param name="admission">Counts all connections; null when nobody does.</param>
internal sealed class StrangerQueue(int places, ConnectionAdmission? admission)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Connection> _oldestFirst = [];

    // Chosen, and neither closed nor logged in yet.
    private int _leaving;

    /// <summary>Strangers now, without those who have been chosen to go.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _oldestFirst.Count;
            }
        }
    }

    private bool IsOverfull => admission is not null && admission.Open - _leaving > admission.MaxConnections;

    /// <summary>Takes a newcomer in, and has the oldest go when there are too many.</summary>
    /// <returns>False when all places belong to those who have logged in.</returns>
    public bool TryAdmit(Connection newcomer)
    {
        lock (_lock)
        {
            admission?.Enter();
            if (IsOverfull && !TrySendOldestOff())
            {
                admission?.Leave();
                return false;
            }

            Add(newcomer);
            return true;
        }
    }

    /// <summary>One has to log in again.</summary>
    public void Return(Connection connection)
    {
        lock (_lock)
        {
            Add(connection);
        }
    }

    /// <summary>One has logged in. If it had been chosen meanwhile, somebody else goes for it.</summary>
    public void Leave(Connection connection)
    {
        lock (_lock)
        {
            Forget(connection);
            if (IsOverfull)
            {
                TrySendOldestOff();
            }
        }
    }

    /// <summary>A connection is closed, a stranger's or not: its place is free.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="counted">Where its place was counted.</param>
    public void Close(Connection connection, ConnectionAdmission? counted)
    {
        lock (_lock)
        {
            Forget(connection);
            counted?.Leave();
        }
    }

    /// <summary>True when it was chosen to go and has not logged in.</summary>
    public bool HasToGo(Connection connection)
    {
        lock (_lock)
        {
            return connection.HasToGo;
        }
    }

    private void Add(Connection connection)
    {
        connection.StrangerPlace = _oldestFirst.AddLast(connection);
        if (_oldestFirst.Count > places)
        {
            TrySendOldestOff();
        }
    }

    private void Forget(Connection connection)
    {
        if (connection.StrangerPlace is { } place)
        {
            _oldestFirst.Remove(place);
            connection.StrangerPlace = null;
        }

        if (connection.HasToGo)
        {
            connection.HasToGo = false;
            _leaving--;
        }
    }

    private bool TrySendOldestOff()
    {
        if (_oldestFirst.First?.Value is not { } oldest)
        {
            return false;
        }

        _oldestFirst.RemoveFirst();
        oldest.StrangerPlace = null;
        oldest.HasToGo = true;
        _leaving++;
        oldest.Loop.Post(new LoopMessage(LoopMessageKind.MakeRoom, oldest));
        return true;
    }
}
