namespace SessionGateway.Durability.Writing;

/// <summary>Hears of the log, on the writer's thread.</summary>
public interface ILogWatch
{
    /// <summary>Everything up to a position is on the disk.</summary>
    void OnSynced(long position);

    /// <summary>The disk fails: from now on nothing is logged.</summary>
    void OnDegraded(string reason);

    /// <summary>A state is complete on the disk, and <see cref="LogWriter.IsDegraded"/> ends when this
    /// returns: what is written from then on can be promised.</summary>
    void OnMending()
    {
    }

    /// <summary>A state is complete on the disk: if the log was degraded, it is so no longer.</summary>
    void OnStateComplete();
}
