using SessionGateway.Durability.Writing;

namespace SessionGateway.Gateway.Persistence;

/// <summary>
/// Slows the loops down when they write faster than the disk for long: a million sessions that somebody imports come at
/// the speed of the disk. A disk that stands still is not waited for: its queue fills, and the log gives up (ADR 0024).
/// </summary>
internal static class WritePace
{
    // As long as an fdatasync of a virtual disk that is not sick takes at most, and then some.
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(1);

    /// <summary>How long a loop rests between two turns, in milliseconds.</summary>
    public static int Pause(LogIntake intake, LogWriter writer, long mostBytes)
    {
        long queued = intake.QueuedBytes;
        return queued < mostBytes / 2 || intake.IsLost || writer.CallTime > StandsStill ? 0 : Pause(queued, mostBytes);
    }

    /// <summary>The same by how full the queue is. A turn takes a few hundred KB at most from those who send most: what
    /// is free in the end lasts for a second.</summary>
    public static int Pause(long queued, long mostBytes) =>
        queued < mostBytes / 2 ? 0 : queued < mostBytes / 4 * 3 ? 1 : queued < mostBytes / 8 * 7 ? 5 : 20;
}
