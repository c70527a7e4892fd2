using SessionGateway.Gateway.Timers;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// Rests the connections of one loop that write faster than what is written can be kept: nothing is read from them
/// until it can. Others go on, also those that read the same items. Touched by the loop's thread only.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="hasOutrun">Asked behind each connection's turn: it wrote, and too much waits already.</param>
/// <param name="hasRoom">Asked until it says so: those who rest may write again.</param>
internal sealed class LoopPace(EventLoop loop, Func<bool> hasOutrun, Func<bool> hasRoom) : WheelTimer
{
    // The wheel's finest: a disk takes some hundred KB meanwhile, as much as a helping of each of a few connections.
    private const int LookMilliseconds = 1;

    private readonly List<Connection> _resting = [];

    /// <summary>Connections that rest.</summary>
    public int Count => _resting.Count;

    /// <summary>A connection's turn is over.</summary>
    public void Look(Connection connection)
    {
        if (!hasOutrun() || !connection.TryRest())
        {
            return;
        }

        _resting.Add(connection);
        if (!IsSet)
        {
            loop.Deadlines.Set(this, loop.Deadlines.After(LookMilliseconds));
        }
    }

    /// <inheritdoc/>
    protected internal override void Fire()
    {
        if (!hasRoom())
        {
            _resting.RemoveAll(static c => !c.IsOpen);
            if (_resting.Count > 0)
            {
                loop.Deadlines.Set(this, loop.Deadlines.After(LookMilliseconds));
            }

            return;
        }

        foreach (Connection connection in _resting)
        {
            connection.EndRest();
        }

        _resting.Clear();
    }
}
