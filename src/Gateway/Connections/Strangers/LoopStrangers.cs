namespace SessionGateway.Gateway.Connections.Strangers;

/// <summary>The connections of one loop that still have to log in, the oldest first; touched by the loop's thread
/// only.</summary>
internal sealed class LoopStrangers
{
    // How exactly answers to failed logins are kept back.
    private const int ResumeMilliseconds = 50;

    private readonly LinkedList<Connection> _oldestFirst = [];
    private readonly List<Connection> _delayed = [];
    private readonly EventLoop _loop;

    /// <summary>Makes the list of a loop.</summary>
    public LoopStrangers(EventLoop loop, StrangerAccount account)
    {
        _loop = loop;
        Account = account;
        account.Join(this);
    }

    /// <summary>What all loops share.</summary>
    public StrangerAccount Account { get; }

    /// <summary>How many there are; from any thread.</summary>
    public int Count => _oldestFirst.Count;

    /// <summary>Takes one in. When there are too many, the oldest goes: those who mean to log in do so at
    /// once.</summary>
    public void Enter(Connection connection, long now)
    {
        connection.StrangerSince = now;
        connection.StrangerPlace = _oldestFirst.AddLast(connection);
        Account.Enter();
        if (_oldestFirst.Count > 1)
        {
            MakeRoom();
        }
        else if (Account.IsOverfull)
        {
            Account.MakeRoomElsewhere(but: this);
        }
    }

    /// <summary>Closes the oldest when there are too many.</summary>
    public void MakeRoom()
    {
        if (Account.IsOverfull && _oldestFirst.First?.Value is { } oldest)
        {
            Account.CountDropped();
            Interlocked.Increment(ref _loop.Context.Stats.Rejected);
            oldest.Close();
        }
    }

    /// <summary>Has the loop do so; from any thread.</summary>
    public void AskToMakeRoom() => _loop.Post(new LoopMessage(LoopMessageKind.MakeRoom));

    /// <summary>It has logged in, or is closed.</summary>
    public void Leave(Connection connection)
    {
        if (connection.StrangerPlace is { } place)
        {
            _oldestFirst.Remove(place);
            connection.StrangerPlace = null;
            Account.Leave();
        }
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

    /// <summary>Closes those who have had their time.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="time">How long each may take; zero = as long as it likes.</param>
    public void CloseLate(long now, TimeSpan time)
    {
        while (time > TimeSpan.Zero && _oldestFirst.First?.Value is { } oldest
            && now - oldest.StrangerSince >= (long)time.TotalMilliseconds)
        {
            Account.CountLate();
            oldest.Close();
        }
    }
}
