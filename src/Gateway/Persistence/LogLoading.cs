using SessionGateway.Commands;
using SessionGateway.Durability.Files;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Sealing;
using SessionGateway.Durability.Writing;
using SessionGateway.Gateway.Logging;
using SessionGateway.Store;

namespace SessionGateway.Gateway.Persistence;

/// <summary>Reads the log into an empty store, and tells how far it is.</summary>
internal sealed class LogLoading(
    IStorage storage, ItemStore store, TimeProvider time, PersistenceLog log, LoadProgress progress,
    CancellationToken cancellation)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private long _told;

    /// <summary>Reads it.</summary>
    /// <param name="newLineage">Names a log that begins.</param>
    /// <param name="keys">What it may be encrypted with.</param>
    /// <exception cref="LogException">It cannot be read.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    /// <exception cref="OperationCanceledException">The process is to end.</exception>
    public LogPast Run(Guid newLineage, LogKeys keys)
    {
        long began = _told = time.GetTimestamp();
        LogRecovery recovery = null!;
        using var applier = new ParallelApplier(store, Environment.ProcessorCount);
        recovery = new LogRecovery(storage, applier, newLineage)
        {
            Keys = keys,
            Progress = () => Tell(recovery.Report, began),
        };
        LogPast past = recovery.Run();
        applier.Settle();
        RecoveryReport report = recovery.Report;
        if (report.CutBytes > 0)
        {
            log.Cut(report.CutFile!, report.CutText);
        }

        if (report.Orphans > 0)
        {
            log.SetAside(report.Orphans);
        }

        EndExpired();
        if (report.Diverged + applier.Diverged + applier.OutOfMemory > 0)
        {
            log.LeftOut(report.Diverged + applier.Diverged, applier.OutOfMemory);
        }

        if (report.Segments > 0)
        {
            long items = Enumerable.Range(0, ItemStore.DatabaseCount).Sum(store.Count);
            log.Loaded(report.Records, report.Bytes, report.Segments,
                (long)time.GetElapsedTime(began).TotalMilliseconds, items);
        }

        return past;
    }

    // What ended while nobody ran is not there when the first client asks.
    private void EndExpired()
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (int shard = 0; shard < store.Shards.Length; shard++)
        {
            while (!store.Maintain(shard, now, maxSteps: 10_000))
            {
            }
        }
    }

    private void Tell(RecoveryReport report, long began)
    {
        cancellation.ThrowIfCancellationRequested();
        progress.Tell(report.Bytes, report.AllBytes);
        if (time.GetElapsedTime(_told) < TellEvery)
        {
            return;
        }

        _told = time.GetTimestamp();
        double rate = report.Bytes / time.GetElapsedTime(began).TotalSeconds;
        long rest = rate > 0 ? (long)((report.AllBytes - report.Bytes) / rate) : 0;
        log.Loading(report.AllBytes == 0 ? 100 : report.Bytes * 100 / report.AllBytes, report.AllBytes,
            (long)(rate / 1e6), rest);
    }
}
