namespace SessionGateway.Gateway.Connections;

/// <summary>What is to be done on a loop's thread beside connections, a slice with each turn; touched by its thread
/// only.</summary>
internal sealed class LoopTasks
{
    private Queue<Action> _waiting = new();
    private Queue<Action> _running = new();

    /// <summary>True while something is to be done.</summary>
    public bool HasWork => _waiting.Count > 0;

    /// <summary>Has a slice done with the next turn.</summary>
    public void Add(Action slice) => _waiting.Enqueue(slice);

    /// <summary>Does all that waits; what it adds waits for the next turn.</summary>
    public void TakeTurns()
    {
        (_waiting, _running) = (_running, _waiting);
        while (_running.TryDequeue(out Action? slice))
        {
            slice();
        }
    }
}
