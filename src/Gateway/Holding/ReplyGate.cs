namespace SessionGateway.Gateway.Holding;

/// <summary>
/// Holds replies until something about the items that they tell of has become true: written to a log, known to a
/// backup. What it is counts in positions of the mutation stream (ADR 0010). Who wants replies to wait listens to the
/// stream, says
/// <see cref="Hold"/> for the mutations that matter, and <see cref="Reach"/> when it is so far.
/// </summary>
internal sealed class ReplyGate
{
    [ThreadStatic]
    private static LoopHolds? _current;

    private volatile bool _hasFailed;
    private LoopHolds[] _loops = [];
    private long _reached;
    private long _lostFrom;
    private long _lostTo;

    /// <summary>Up to here nothing waits; from any thread.</summary>
    public long Reached => Volatile.Read(ref _reached);

    /// <summary>What waits will not come true: its connections are closed without it, and so are those of later
    /// writes, until <see cref="Mend"/>.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Called at the end of a loop's turn in which something was to be held, and within long ones; set before
    /// the loops run.</summary>
    public Action? TurnEnded { get; set; }

    /// <summary>Bytes of replies that wait; from any thread.</summary>
    public long HeldBytes
    {
        get
        {
            long sum = 0;
            foreach (LoopHolds loop in _loops)
            {
                sum += loop.Bytes;
            }

            return sum;
        }
    }

    /// <summary>Connections of which replies wait; from any thread.</summary>
    public int HeldConnections
    {
        get
        {
            int sum = 0;
            foreach (LoopHolds loop in _loops)
            {
                sum += loop.Connections;
            }

            return sum;
        }
    }

    /// <summary>
    /// The reply to what the calling thread executes waits for a position, and all later ones of its connection wait
    /// behind it. For <see cref="Store.Mutations.IMutationListener.OnMutation"/>; on other threads than loops' it does
    /// nothing.
    /// </summary>
    /// <returns>True on a loop's thread: <see cref="TurnEnded"/> is called when its turn is over.</returns>
    public bool Hold(long position)
    {
        if (_current is { } loop && loop.Gate == this)
        {
            loop.Want(position);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Everything up to a position may be told; from any thread. To say so late, twice or out of order is harmless: the
    /// highest counts. <see cref="long.MaxValue"/> opens the gate for good.
    /// </summary>
    public void Reach(long position)
    {
        long before = Reached;
        while (before < position)
        {
            long found = Interlocked.CompareExchange(ref _reached, position, before);
            if (found == before)
            {
                foreach (LoopHolds loop in _loops)
                {
                    loop.OnReached(position);
                }

                return;
            }

            before = found;
        }
    }

    /// <summary>
    /// What is not reached cannot be any more, for now: nobody is told that it is done. From any thread, any number of
    /// times.
    /// </summary>
    public void Fail()
    {
        _hasFailed = true;
        foreach (LoopHolds loop in _loops)
        {
            loop.OnReached(long.MaxValue - 1);
        }
    }

    /// <summary>What is not reached up to a position never will be: nobody is told that it is done, also when later
    /// positions are reached.</summary>
    public void Lose(long position)
    {
        Volatile.Write(ref _lostFrom, Reached);
        Volatile.Write(ref _lostTo, position);
        foreach (LoopHolds loop in _loops)
        {
            loop.OnReached(position);
        }
    }

    /// <summary>What waits for a position is not told any more.</summary>
    public bool IsLost(long position) =>
        position <= Volatile.Read(ref _lostTo) && position > Volatile.Read(ref _lostFrom);

    /// <summary>Positions are reached again.</summary>
    public void Mend() => _hasFailed = false;

    /// <summary>A loop begins to hold; before it runs.</summary>
    public void Join(LoopHolds loop) => _loops = [.. _loops, loop];

    /// <summary>The calling thread executes commands of a loop.</summary>
    public void EnterThread(LoopHolds loop) => _current = loop;
}
