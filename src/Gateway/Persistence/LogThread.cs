using SessionGateway.Commands;
using SessionGateway.Durability.Writing;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Persistence;

/// <summary>
/// The thread that writes the log: sleeps until something waits, lets more of it come together, writes, syncs.
/// </summary>
internal sealed class LogThread : ILogWatch, IDisposable
{
    // Records of this time are written by one call; so much is lost when the process is killed, but not the machine's.
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(20);

    // With replies waiting: a loop's turn is over before, as a rule; it tells so.
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(2);

    private const long GatherBytes = 1 << 20;

    // A state that nobody waits for: it works for so long and rests for so long, so that on one core with the loops it
    // is felt by no request for longer. A million sessions take 8 seconds.
    private static readonly TimeSpan StateSlice = TimeSpan.FromMilliseconds(0.5);
    private static readonly TimeSpan StateRest = TimeSpan.FromMilliseconds(1);

    private readonly LogIntake _intake;
    private readonly LogWriter _writer;
    private readonly StateWalk _walk;
    private readonly Settling? _settling;
    private readonly TimeProvider _time;
    private readonly PersistenceLog _log;

    // A log of two segments is not worth a state.
    private readonly long _spareBytes;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private long _baseBytes;
    private long _stateBytes;
    private long _stateTime;
    private long _statePosition;
    private long _lastSyncTime;
    private bool _isDegradedTold;
    private volatile bool _isEnding;
    private volatile bool _isSyncWanted;
    private bool _isStateUrgent;

    /// <summary>Makes it; <see cref="Start"/> starts it.</summary>
    /// <param name="intake">What is to be written.</param>
    /// <param name="writer">Makes the writer, which tells this thread.</param>
    /// <param name="walk">Tells states.</param>
    /// <param name="settings">Sizes.</param>
    /// <param name="settling">Decides whether replies wait for the disk; null: none ever does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where is logged.</param>
    public LogThread(
        LogIntake intake, Func<ILogWatch, LogWriter> writer, StateWalk walk, LogSettings settings,
        Settling? settling, TimeProvider time, PersistenceLog log)
    {
        _spareBytes = 2 * settings.SegmentBytes;
        _time = time;
        _intake = intake;
        _walk = walk;
        _settling = settling;
        _log = log;
        _writer = writer(this);
        States = new StateRuns(time);
        intake.Wanted = OnWanted;
        _thread = new Thread(Run) { Name = "log", IsBackground = true };
    }

    /// <summary>The writer; its figures may be read from any thread.</summary>
    public LogWriter Writer => _writer;

    /// <summary>Bytes of the log when its last state was complete.</summary>
    public long BaseBytes => Volatile.Read(ref _baseBytes);

    /// <summary>States that are wanted and were written.</summary>
    public StateRuns States { get; }

    /// <summary>Requests that wait for the log.</summary>
    public RequestWaiters Waiters { get; } = new();

    /// <summary>Unix seconds of the last time that all was on the disk; 0 = never.</summary>
    public long LastSyncTime => Volatile.Read(ref _lastSyncTime);

    /// <summary>Begins.</summary>
    public void Start()
    {
        Volatile.Write(ref _baseBytes, _writer.LogBytes);
        Volatile.Write(ref _stateTime, _time.GetTimestamp());
        _thread.Start();
    }

    /// <summary>What is taken now is of a loop's turn, whose end is told (<see cref="OnTurnEnded"/>): before it nobody
    /// has to wake up. For the listener, which is called by one thread at a time.</summary>
    public bool IsOfTurn { get; set; }

    /// <summary>A loop's turn is over, and something of it waits; from any thread.</summary>
    public void OnTurnEnded()
    {
        if (IsBatch)
        {
            _wake.Set();
        }
    }

    /// <summary>A state is to be told soon; false when one is being told. From any thread.</summary>
    public bool TryWantState(StateKind kind)
    {
        bool isNew = States.TryWant(kind);
        _wake.Set();
        return isNew;
    }

    /// <summary>A state is to be told when the one that is being told is complete; from any thread.</summary>
    public void ScheduleState(StateKind kind)
    {
        States.Schedule(kind);
        _wake.Set();
    }

    /// <summary>What was told is to be on the disk soon; from any thread.</summary>
    public void WantSync()
    {
        _isSyncWanted = true;
        _wake.Set();
    }

    /// <summary>Has a state told when more than half of the log is dead, as far as the items' memory tells, or when the
    /// last one is long ago; once a second, from any thread.</summary>
    /// <param name="usedBytes">The items' memory.</param>
    /// <param name="most">How long ago it may be; zero = any time.</param>
    public void LookAtSize(long usedBytes, TimeSpan most)
    {
        long last = Volatile.Read(ref _stateBytes);
        bool isOld = most > TimeSpan.Zero && _intake.Position > Volatile.Read(ref _statePosition)
            && _time.GetElapsedTime(Volatile.Read(ref _stateTime)) >= most;
        if (_writer.IsWhole && !_walk.IsRunning
            && (isOld || _writer.LogBytes > (2 * Math.Max(usedBytes, last)) + _spareBytes))
        {
            TryWantState(StateKind.Rewrite);
        }
    }

    /// <inheritdoc/>
    public void OnSynced(long position)
    {
        Volatile.Write(ref _lastSyncTime, _time.GetUtcNow().ToUnixTimeSeconds());
        _settling?.OnDurable(position);
        Waiters.WakeAll();
    }

    /// <inheritdoc/>
    public void OnDegraded(string reason)
    {
        if (!_isDegradedTold)
        {
            // Once, however often a disk takes the beginning of a state and not its end.
            _isDegradedTold = true;
            _log.Degraded(reason);
        }

        States.Fail();
        _settling?.OnDiskFailed();
        Waiters.WakeAll();
    }

    /// <inheritdoc/>
    public void OnMending() => _settling?.OnDiskMended();

    /// <inheritdoc/>
    public void OnStateComplete()
    {
        Volatile.Write(ref _baseBytes, _writer.LogBytes);
        Volatile.Write(ref _stateBytes, _writer.LogBytes);
        Volatile.Write(ref _stateTime, _time.GetTimestamp());
        Volatile.Write(ref _statePosition, _intake.Position);
        States.Complete();
        if (_isDegradedTold)
        {
            _isDegradedTold = false;
            _log.Mended(_writer.LogBytes);
        }
        else
        {
            _log.StateComplete(_writer.LogBytes);
        }

        Waiters.WakeAll();
    }

    /// <summary>Writes what waits, syncs and ends.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _walk.Abandon();
        _writer.Close();
        _writer.Dispose();
    }

    private void Run()
    {
        if (_settling is null)
        {
            // Loops on the same core are woken before it; nobody waits for it.
            DiskCalls.LowerPriority();
        }

        while (!_isEnding)
        {
            Sleep();
            bool syncs = _isSyncWanted;
            _isSyncWanted = false;
            _writer.Turn(syncs || IsBatch);
            if (!_writer.IsWhole)
            {
                _walk.Abandon();
                _settling?.OnDiskFailed();
                Restore();
            }
            else if (!_walk.IsRunning && States.IsWanted && _walk.TryBegin(isRestart: false))
            {
                _isStateUrgent = false;
                States.Begin();
            }

            _walk.Step(_isStateUrgent ? TimeSpan.MaxValue : StateSlice);
        }
    }

    // Whoever wants a state gets the one that ends the failure, or hears that there is none yet.
    private void Restore()
    {
        if (_writer.TryRestore(() => _walk.TryBegin(isRestart: true)))
        {
            // Until it is complete a restart loses what was written since the failure, or writes are refused.
            _isStateUrgent = true;
            States.Begin();
        }
        else if (States.IsWanted)
        {
            States.Fail();
            Waiters.WakeAll();
        }
    }

    private void Sleep()
    {
        if (_walk.IsRunning)
        {
            if (!_isStateUrgent)
            {
                _wake.WaitOne(StateRest);
            }

            return;
        }

        TimeSpan? rest = _writer.UntilNextSync();
        if (_intake.SleepUntil(0))
        {
            _wake.WaitOne(rest is { } r ? r + TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan);
        }

        if (_isEnding || !_writer.IsWhole)
        {
            return;
        }

        bool isBatch = IsBatch;
        if ((!isBatch || !HasWaiting()) && _intake.SleepUntil(GatherBytes))
        {
            _wake.WaitOne(isBatch ? BatchTime : GatherTime);
        }
    }

    private void OnWanted()
    {
        if (!IsOfTurn)
        {
            _wake.Set();
        }
    }

    // Replies wait for the disk, whatever the policy says.
    private bool IsBatch => _settling is { NeedsDisk: true };

    private bool HasWaiting() => _settling!.Gate.HeldConnections > 0;
}
