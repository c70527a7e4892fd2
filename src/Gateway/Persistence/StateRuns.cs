using SessionGateway.Commands;

namespace SessionGateway.Gateway.Persistence;

/// <summary>Which states are wanted, written and were written; from any thread.</summary>
internal sealed class StateRuns(TimeProvider time)
{
    private const int Kinds = 2;

    private readonly Lock _lock = new();
    private readonly bool[] _isScheduled = new bool[Kinds];
    private readonly long[] _completed = new long[Kinds];
    private readonly long[] _failures = new long[Kinds];
    private readonly long[] _lastSeconds = [-1, -1];
    private StateKind? _current;
    private bool _hasBegun;
    private long _beganAt;

    /// <summary>One is to begin.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_lock)
            {
                return _current is not null && !_hasBegun;
            }
        }
    }

    /// <summary>What is known of a kind.</summary>
    public StateFigures Of(StateKind kind)
    {
        lock (_lock)
        {
            bool isRunning = _current == kind;
            return new StateFigures(
                isRunning, _isScheduled[(int)kind], _completed[(int)kind], _failures[(int)kind],
                isRunning ? Elapsed() : -1, _lastSeconds[(int)kind]);
        }
    }

    /// <summary>Wants one; false when there is one already.</summary>
    public bool TryWant(StateKind kind)
    {
        lock (_lock)
        {
            return TryWantCore(kind);
        }
    }

    /// <summary>Wants one when the one that is written is complete, or now.</summary>
    public void Schedule(StateKind kind)
    {
        lock (_lock)
        {
            _isScheduled[(int)kind] |= !TryWantCore(kind);
        }
    }

    /// <summary>It is being written; nobody may have asked for it.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            TryWantCore(StateKind.Rewrite);
            _hasBegun = true;
        }
    }

    /// <summary>It is complete on the disk.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            if (_current is { } kind)
            {
                _completed[(int)kind]++;
                _failures[(int)kind] = 0;
                End(kind);
            }
        }
    }

    /// <summary>It could not be written.</summary>
    public void Fail()
    {
        lock (_lock)
        {
            if (_current is { } kind)
            {
                _failures[(int)kind]++;
                End(kind);
            }
        }
    }

    private bool TryWantCore(StateKind kind)
    {
        if (_current is not null)
        {
            return false;
        }

        _current = kind;
        _hasBegun = false;
        _beganAt = time.GetTimestamp();
        return true;
    }

    private void End(StateKind kind)
    {
        _lastSeconds[(int)kind] = Elapsed();
        _current = null;
        for (int next = 0; next < Kinds && _current is null; next++)
        {
            if (_isScheduled[next])
            {
                _isScheduled[next] = false;
                TryWantCore((StateKind)next);
            }
        }
    }

    private long Elapsed() => (long)time.GetElapsedTime(_beganAt).TotalSeconds;
}
