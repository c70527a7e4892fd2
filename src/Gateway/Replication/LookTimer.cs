using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Timers;

namespace SessionGateway.Gateway.Replication;

/// <summary>Has backups looked at several times within the time that a write waits for one.</summary>
/// <param name="loop">Whose thread looks.</param>
/// <param name="backups">They.</param>
/// <param name="timeout">How long a write waits.</param>
internal sealed class LookTimer(EventLoop loop, Backups backups, TimeSpan timeout) : WheelTimer
{
    // The bound is told as it is, or a tenth later.
    private readonly long _period = Math.Clamp((long)timeout.TotalMilliseconds / 10, 10, 250);

    /// <summary>Milliseconds of the loop's clock, which only goes up; from any thread.</summary>
    public long Now => loop.Deadlines.After(0);

    /// <summary>Begins, if it has not; on the loop's thread.</summary>
    public void Begin()
    {
        if (!IsSet)
        {
            loop.Deadlines.Set(this, loop.Deadlines.After(_period));
        }
    }

    /// <inheritdoc/>
    protected internal override void Fire()
    {
        backups.Look(Now);
        Begin();
    }
}
