namespace SessionGateway.Gateway.Connections.Strangers;

/// <summary>The connections of one loop that still have to log in; touched by the loop's thread only.</summary>
internal sealed class LoopStrangers
{
    // How exactly answers to failed logins are kept back.
    private const int ResumeMilliseconds = 50;

    private readonly List<Connection> _delayed = [];
    private readonly EventLoop _loop;

    /// <summary>Makes the list of a loop.</summary>
    public LoopStrangers(EventLoop loop, StrangerAccount account)
    {
        _loop = loop;
        Account = account;
    }

    /// <summary>What all loops share.</summary>
    public StrangerAccount Account { get; }

    /// <summary>The loop takes a newcomer over whom the queue has let in.</summary>
    public void Adopt(Connection connection, long now)
    {
        connection.IsStranger = true;
        connection.StrangerSince = now;
        MakeRoom(connection);
    }

    /// <summary>One has to log in again.</summary>
    public void Return(Connection connection, long now)
    {
        connection.IsStranger = true;
        connection.StrangerSince = now;
        Account.Queue.Return(connection);
    }

    /// <summary>Closes one that has to go, unless the login that it sent only waited for its turn.</summary>
    public void MakeRoom(Connection connection)
    {
        // One that was chosen on its way to the loop goes when the loop takes it over.
        if (MustGo(connection))
        {
            connection.TurnBeforeEnd();
        }

        if (MustGo(connection))
        {
            Account.CountDropped();
            Interlocked.Increment(ref _loop.Context.Stats.Rejected);
            connection.Close();
        }
    }

    /// <summary>It has logged in.</summary>
    public void Leave(Connection connection)
    {
        connection.IsStranger = false;
        Account.Queue.Leave(connection);
    }

    /// <summary>It is closed.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="counted">Where its place was counted.</param>
    public void Close(Connection connection, ConnectionAdmission? counted)
    {
        connection.IsStranger = false;
        Account.Queue.Close(connection, counted);
    }

    /// <summary>Keeps the answers of a connection back until its <c>ReplyNotBefore</c>.</summary>
    public void Delay(Connection connection) => _delayed.Add(connection);

    /// <summary>How long the loop may wait.</summary>
    public int Until(int timeoutMilliseconds) =>
        _delayed.Count == 0 ? timeoutMilliseconds : Math.Min(timeoutMilliseconds, ResumeMilliseconds);

    /// <summary>Gives those a turn whose answers are due.</summary>
    public void Resume(long now)
    {
        for (int i = _delayed.Count - 1; i >= 0; i--)
        {
            Connection connection = _delayed[i];
            if (!connection.IsOpen || connection.ReplyNotBefore <= now)
            {
                _delayed[i] = _delayed[^1];
                _delayed.RemoveAt(_delayed.Count - 1);
                _loop.Enqueue(connection);
            }
        }
    }

    /// <summary>Closes one that has had its time.</summary>
    /// <param name="connection">Which.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="time">How long each may take; zero = as long as it likes.</param>
    public void CloseLate(Connection connection, long now, TimeSpan time)
    {
        if (connection.IsStranger && time > TimeSpan.Zero
            && now - connection.StrangerSince >= (long)time.TotalMilliseconds)
        {
            Account.CountLate();
            connection.Close();
        }
    }

    private bool MustGo(Connection connection) =>
        connection.IsStranger && connection.IsOpen && Account.Queue.HasToGo(connection);
}
