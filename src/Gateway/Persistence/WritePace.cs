using SessionGateway.Durability.Writing;

namespace SessionGateway.Gateway.Persistence;

/// <summary>
/// Whether somebody writes faster than the disk for long: a million sessions that are imported come at the speed of the
/// disk. A disk that stands still is not waited for: its queue fills, and the log gives up (ADR 0024).
/// </summary>
/// <param name="intake">What waits.</param>
/// <param name="mostBytes">How much may.</param>
/// <param name="callTime">How long the disk has been busy with one call.</param>
internal sealed class WritePace(LogIntake intake, long mostBytes, Func<TimeSpan> callTime)
{
    // As long as an fdatasync of a virtual disk that is not sick takes at most, and then some.
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(1);

    // Written on the thread of the loop that asks for it.
    [ThreadStatic]
    private static bool _hasOutrun;

    /// <summary>A client's write was taken, on the thread that executes it.</summary>
    public void OnWritten()
    {
        if (intake.QueuedBytes >= mostBytes / 2)
        {
            _hasOutrun = true;
        }
    }

    /// <summary>The calling thread wrote since it asked last, with half of the queue waiting already. What is free of
    /// it is for the turns of all others.</summary>
    public bool TakeOutrun()
    {
        bool hasOutrun = _hasOutrun;
        _hasOutrun = false;
        return hasOutrun && !HasRoom();
    }

    /// <summary>Nobody has to wait.</summary>
    public bool HasRoom() => intake.QueuedBytes < mostBytes / 2 || intake.IsLost || callTime() > StandsStill;
}
