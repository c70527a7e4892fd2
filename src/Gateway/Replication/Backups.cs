using SessionGateway.Gateway.Holding;
using SessionGateway.Replication.Stream;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// The replicas whose acknowledgements writes wait for. One counts from when it has what was written until it came: a
/// write does not wait for what it still has to catch up with. Any thread.
/// </summary>
internal sealed class Backups(Settling settling, IBackupPolicy policy)
{
    private readonly Lock _lock = new();
    private readonly List<Backup> _all = [];
    private volatile int _count;

    /// <summary>Those that have caught up.</summary>
    public int Count => _count;

    /// <summary>Decides what counts.</summary>
    public IBackupPolicy Policy => policy;

    /// <summary>What is held is released by.</summary>
    public Settling Settling => settling;

    /// <summary>A replica has acknowledged.</summary>
    /// <param name="feed">It.</param>
    /// <param name="positions">Of its history.</param>
    /// <param name="now">Milliseconds of a clock that only goes up.</param>
    public void OnAcknowledged(ReplicaFeed feed, PositionMap positions, long now)
    {
        if (!policy.IsBackup(feed.Peer) || !feed.Peer.IsOnline)
        {
            return;
        }

        lock (_lock)
        {
            Backup? backup = _all.Find(b => b.Feed == feed);
            if (backup is null)
            {
                backup = new Backup(feed, settling.Written, now);
                _all.Add(backup);
            }

            backup.Position = Math.Max(backup.Position, positions.At(feed.Peer.Acknowledged));
            backup.OnDisk = Math.Max(backup.OnDisk, positions.At(feed.Peer.Synced));
            if (backup.Position >= backup.Awaited)
            {
                backup.Awaited = settling.Written;
                backup.AwaitedSince = now;
                backup.IsInSync = true;
            }

            Tell();
        }
    }

    /// <summary>A replica is gone.</summary>
    public void Remove(ReplicaFeed feed)
    {
        lock (_lock)
        {
            _all.RemoveAll(backup => backup.Feed == feed);
            Tell();
        }
    }

    /// <summary>Closes the links of those that are silent.</summary>
    /// <param name="now">Milliseconds of a clock that only goes up.</param>
    public void Look(long now)
    {
        if (policy.MostSilence is not { } most)
        {
            return;
        }

        Backup[] silent;
        lock (_lock)
        {
            foreach (Backup backup in _all)
            {
                // Nothing was written since: there is nothing to acknowledge.
                if (backup.Position >= settling.Written)
                {
                    backup.Awaited = settling.Written;
                    backup.AwaitedSince = now;
                }
            }

            silent = [.. _all.Where(b => b.IsInSync && now - b.AwaitedSince > most.TotalMilliseconds)];
            foreach (Backup backup in silent)
            {
                _all.Remove(backup);
            }

            if (silent.Length > 0)
            {
                Tell();
            }
        }

        foreach (Backup backup in silent)
        {
            backup.Feed.Drop("it does not acknowledge in time");
        }
    }

    /// <summary>Closes the links of all.</summary>
    public void Drop(string reason)
    {
        Backup[] all;
        lock (_lock)
        {
            all = [.. _all];
            _all.Clear();
            Tell();
        }

        foreach (Backup backup in all)
        {
            backup.Feed.Drop(reason);
        }
    }

    private void Tell()
    {
        long position = long.MaxValue, onDisk = long.MaxValue;
        int count = 0;
        foreach (Backup backup in _all)
        {
            if (backup.IsInSync)
            {
                count++;
                position = Math.Min(position, backup.Position);
                onDisk = Math.Min(onDisk, backup.OnDisk);
            }
        }

        // Nothing is released by what is known of others than those that the rule is about.
        if (count < _count)
        {
            _count = count;
            policy.OnBackupsChanged(count);
        }

        settling.OnBackedUp(count > 0 ? position : -1, count > 0 ? onDisk : -1);
        if (count > _count)
        {
            _count = count;
            policy.OnBackupsChanged(count);
        }
    }

    private sealed class Backup(ReplicaFeed feed, long awaited, long now)
    {
        public ReplicaFeed Feed => feed;

        public long Position { get; set; } = -1;

        public long OnDisk { get; set; } = -1;

        public bool IsInSync { get; set; }

        // The write whose acknowledgement it is looked for, and since when.
        public long Awaited { get; set; } = awaited;

        public long AwaitedSince { get; set; } = now;
    }
}
