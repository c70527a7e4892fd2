namespace SessionGateway.Commands;

/// <summary>Requests that wait for the log, or for replicas. They look again whenever these came further or failed;
/// from any thread.</summary>
public sealed class RequestWaiters
{
    private readonly Lock _lock = new();
    private readonly HashSet<Action> _all = [];
    private Action[] _called = [];

    /// <summary>Adds one; called any number of times, on any thread.</summary>
    public void Add(Action wake)
    {
        lock (_lock)
        {
            _all.Add(wake);
            _called = [.. _all];
        }
    }

    /// <summary>Takes one away; it may be called once more.</summary>
    public void Remove(Action wake)
    {
        lock (_lock)
        {
            _all.Remove(wake);
            _called = [.. _all];
        }
    }

    /// <summary>What they wait for came further, or failed.</summary>
    public void WakeAll()
    {
        foreach (Action wake in Volatile.Read(ref _called))
        {
            wake();
        }
    }
}
