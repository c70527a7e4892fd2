namespace SessionGateway.Gateway.Holding;

/// <summary>
/// What one loop holds: marks in the order of their positions, which is the order in which its commands ran. Touched by
/// the loop's thread, except where noted.
/// </summary>
internal sealed class LoopHolds
{
    private const long None = long.MaxValue;

    // Connections whose replies wait before whoever makes them safe hears of it within a turn: some hundred
    // microseconds of a loop.
    private const int MostUntold = 64;

    private readonly HoldLimits _limits;
    private readonly Action _tell;
    private readonly Func<long>? _clock;
    private HeldMark? _first;
    private HeldMark? _last;
    private long _wanted;
    private long _oldest = None;
    private long _bytes;
    private int _isTold;
    private bool _hasNew;
    private int _untold;

    /// <summary>Makes those of a loop.</summary>
    /// <param name="gate">Of all loops.</param>
    /// <param name="limits">How much may be held.</param>
    /// <param name="tell">Has the loop call <see cref="Release"/> soon; from any thread.</param>
    /// <param name="clock">Milliseconds that only go up; needed for a limit of time.</param>
    public LoopHolds(ReplyGate gate, HoldLimits limits, Action tell, Func<long>? clock = null)
    {
        Gate = gate;
        _limits = limits;
        _tell = tell;
        _clock = limits.Milliseconds > 0 ? clock : null;
        gate.Join(this);
    }

    /// <summary>Of all loops.</summary>
    public ReplyGate Gate { get; }

    /// <summary>Connections of which something is held; from any thread, a moment old.</summary>
    public int Connections { get; set; }

    /// <summary>Bytes held; from any thread, a moment old.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Connections that were closed because their replies waited too long; from any thread, a moment
    /// old.</summary>
    public long Expired { get; private set; }

    /// <summary>The loop's thread begins a turn: what was wanted outside of a connection's turn is nobody's.</summary>
    public void Enter()
    {
        Gate.EnterThread(this);
        _wanted = 0;
    }

    /// <summary>The loop's thread ends a turn.</summary>
    public void Leave()
    {
        if (_hasNew)
        {
            _hasNew = false;
            _untold = 0;
            Gate.TurnEnded?.Invoke();
        }
    }

    /// <summary>The replies of the current turn wait for a position; the highest counts.</summary>
    public void Want(long position)
    {
        _wanted = Math.Max(_wanted, position);
        _hasNew = true;
    }

    /// <summary>The replies of the current turn wait for something, or did when it was said.</summary>
    public bool HasWanted => _wanted != 0;

    /// <summary>What the replies of the turn wait for: 0 when nothing, or when it is reached already.</summary>
    public long TakeWanted()
    {
        long wanted = _wanted;
        _wanted = 0;
        return Unreached(wanted);
    }

    /// <summary>A position, or 0 when it is reached.</summary>
    public long Unreached(long position) => position > Gate.Reached ? position : 0;

    /// <summary>True when a connection that holds so many bytes must wait for a release.</summary>
    public bool IsFull(int bytes) => bytes >= _limits.ConnectionBytes || Gate.HeldBytes >= _limits.AllBytes;

    /// <summary>Held bytes came or went.</summary>
    public void CountBytes(int growth) => Volatile.Write(ref _bytes, _bytes + growth);

    /// <summary>A mark waits, behind all others.</summary>
    public void Add(HeldMark mark, long position)
    {
        // Whoever asks for a position of long ago waits with the others: the line is in order.
        mark.Position = Math.Max(position, _last?.Position ?? 0);
        mark.Since = _clock?.Invoke() ?? 0;
        if (++_untold == MostUntold)
        {
            _untold = 0;
            Gate.TurnEnded?.Invoke();
        }

        _hasNew = true;
        mark.Previous = _last;
        if (_last is not null)
        {
            _last.Next = mark;
            _last = mark;
            return;
        }

        _first = _last = mark;

        // From now on whoever reaches a position sees this one. If it was reached just before, nobody will tell.
        Interlocked.Exchange(ref _oldest, mark.Position);
        if (Gate.Reached >= mark.Position || Gate.HasFailed)
        {
            Tell();
        }
    }

    /// <summary>A mark waits for a later position.</summary>
    public void MoveToEnd(HeldMark mark, long position)
    {
        _hasNew = true;
        if (mark == _last)
        {
            mark.Position = Math.Max(position, mark.Position);
            Volatile.Write(ref _oldest, _first!.Position);
            return;
        }

        Unlink(mark);
        Add(mark, position);
        Volatile.Write(ref _oldest, _first!.Position);
    }

    /// <summary>A mark waits no longer.</summary>
    public void Remove(HeldMark mark)
    {
        Unlink(mark);
        Volatile.Write(ref _oldest, _first?.Position ?? None);
    }

    /// <summary>A position was reached; from any thread. One message is enough for many positions and marks.</summary>
    public void OnReached(long position)
    {
        if (Volatile.Read(ref _oldest) <= position)
        {
            Tell();
        }
    }

    /// <summary>Lets everything go that waits for no more than has been reached.</summary>
    public void Release()
    {
        Interlocked.Exchange(ref _isTold, 0);

        // In this order: what was reached before a failure has come true all the same.
        bool hasFailed = Gate.HasFailed;
        long reached = Gate.Reached;
        while (_first is { } mark && (mark.Position <= reached || Gate.IsLost(mark.Position)))
        {
            if (Gate.IsLost(mark.Position))
            {
                mark.Owner.Fail();
                continue;
            }

            Unlink(mark);
            mark.Owner.Release(mark);
        }

        while (hasFailed && _first is { } lost)
        {
            lost.Owner.Fail();
        }

        Volatile.Write(ref _oldest, _first?.Position ?? None);
    }

    /// <summary>Closes the connections whose replies have waited too long; once a turn.</summary>
    public void Expire()
    {
        if (_first is null || _clock is null)
        {
            return;
        }

        // The line is in the order in which they began to wait.
        long oldest = _clock() - _limits.Milliseconds;
        while (_first is { } mark && mark.Since < oldest)
        {
            Expired++;
            mark.Owner.Fail();
        }
    }

    private void Tell()
    {
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            _tell();
        }
    }

    private void Unlink(HeldMark mark)
    {
        if (mark.Previous is null)
        {
            _first = mark.Next;
        }
        else
        {
            mark.Previous.Next = mark.Next;
        }

        if (mark.Next is null)
        {
            _last = mark.Previous;
        }
        else
        {
            mark.Next.Previous = mark.Previous;
        }

        mark.Next = mark.Previous = null;
    }
}
