using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Replication.Stream;
using SessionGateway.Store;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// Copies for replicas that know nothing: one at a time, from a snapshot, while writers go on. The walk goes no faster
/// than the replica reads. A replica that wants one again and again waits longer each time.
/// </summary>
internal sealed class FullCopies : IDisposable
{
    // Items that are looked at under one hold of a shard's lock: about 50 us.
    private const int StepItems = 64;

    // So much waits for a replica before the walk rests.
    private const long RestAtBytes = 4 << 20;

    // redis client-output-buffer-limit of replicas, hard: what writers hand over beside the walk. Of a small --memory
    // as much as all clients may have.
    private const long MostWaitingBytes = 256 << 20;
    private const int MemoryShare = 4;

    private const long FirstPause = 1000;
    private const long MostPause = 60_000;

    private readonly ItemStore _store;
    private readonly EventLoop _loop;
    private readonly Action<ReplicationStream> _activate;
    private readonly ReplicationLog _log;
    private readonly TimeProvider _time;
    private readonly string _version;
    private readonly Func<ulong> _random;
    private readonly Lock _lock = new();
    private readonly List<ReplicaFeed> _waiting = [];
    private readonly Dictionary<string, Pause> _pauses = [];
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private bool _isStarted;
    private volatile bool _isEnding;
    private readonly long _mostWaiting;
    private long _countedBytes;

    /// <summary>Makes what makes copies.</summary>
    /// <param name="loop">Begins them: between two commands of a primary, where this is a replica itself.</param>
    /// <param name="memory">Bytes of the store.</param>
    /// <param name="activate">Has a history written from now on; called while all shards are held.</param>
    /// <param name="random">64 random bits.</param>
    /// <param name="log">Where is logged.</param>
    public FullCopies(
        EventLoop loop, long memory, Action<ReplicationStream> activate, Func<ulong> random, ReplicationLog log)
    {
        _mostWaiting = Math.Min(MostWaitingBytes, memory / MemoryShare);
        (_loop, _activate, _random, _log) = (loop, activate, random, log);
        _store = loop.Context.Store;
        _time = loop.Context.Services.Time;
        _version = loop.Context.Services.Resp.RedisVersion;
        _thread = new Thread(Run) { Name = "copies", IsBackground = true };
    }

    /// <summary>A replica wants one; from any thread.</summary>
    public void Add(ReplicaFeed feed)
    {
        lock (_lock)
        {
            _waiting.Add(feed);
            if (!_isStarted)
            {
                _isStarted = true;
                _thread.Start();
            }
        }

        _wake.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnding = true;
        _wake.Set();
        if (_isStarted)
        {
            _thread.Join();
        }

        _wake.Dispose();
    }

    private static string PlaceOf(ReplicaFeed feed)
    {
        string address = feed.Peer.Address ?? feed.Connection.RemoteAddress[..Math.Max(
            feed.Connection.RemoteAddress.LastIndexOf(':'), 0)];
        return $"{address}:{feed.Peer.ListeningPort}";
    }

    private void Run()
    {
        while (!_isEnding)
        {
            if (Next(out TimeSpan wait) is not { } feed)
            {
                _wake.WaitOne(wait);
                continue;
            }

            try
            {
                Copy(feed);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                _log.CopyFailed(failure);
                feed.Drop("its copy failed");
            }

            Count(0);
        }
    }

    // The first whose pause is over.
    private ReplicaFeed? Next(out TimeSpan wait)
    {
        wait = Timeout.InfiniteTimeSpan;
        long now = Milliseconds();
        lock (_lock)
        {
            _waiting.RemoveAll(feed => feed.State != FeedState.Waiting);
            foreach (ReplicaFeed feed in _waiting)
            {
                Pause pause = _pauses.GetValueOrDefault(PlaceOf(feed));
                if (now >= pause.Until)
                {
                    _waiting.Remove(feed);
                    _pauses[PlaceOf(feed)] = pause.After(now);
                    Forget(now);
                    return feed;
                }

                var left = TimeSpan.FromMilliseconds(Math.Min(pause.Until - now, 1000));
                wait = wait == Timeout.InfiniteTimeSpan || left < wait ? left : wait;
            }
        }

        return null;
    }

    private void Forget(long now)
    {
        foreach (string place in _pauses.Where(p => now > p.Value.Until + MostPause).Select(p => p.Key).ToArray())
        {
            _pauses.Remove(place);
        }
    }

    private void Copy(ReplicaFeed feed)
    {
        long began = _time.GetTimestamp();
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        using var file = new SnapshotFile(now, _version, feed.Stream.Form);
        using var ended = new ManualResetEventSlim();
        using StoreSnapshot? snapshot = Begin(feed, file, now, ended, out long offset);
        if (snapshot is null)
        {
            return;
        }

        _log.ReplicaCopied(feed.Connection.RemoteAddress, offset, "it knows nothing, or what is gone");
        for (int shard = 0; shard < _store.Shards.Length && !ended.IsSet && !_isEnding;)
        {
            long waiting = file.WaitingBytes;
            Count(waiting);
            if (waiting > _mostWaiting)
            {
                feed.Drop("it reads its copy too slowly for so many writes");
                return;
            }

            if (waiting > Math.Min(RestAtBytes, _mostWaiting / 2))
            {
                feed.Wake();
                ended.Wait(1);
            }
            else if (snapshot.Step(shard, StepItems))
            {
                shard++;
            }
        }

        if (!ended.IsSet && !_isEnding && !file.TryEnd())
        {
            feed.Drop("its copy is incomplete");
        }

        feed.Wake();
        while (!ended.IsSet && !_isEnding)
        {
            ended.Wait(100);
            Count(file.WaitingBytes);
        }

        if (feed.State is FeedState.Acknowledging or FeedState.Online)
        {
            _log.ReplicaOnline(
                feed.Connection.RemoteAddress, file.Items, (long)_time.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    // On the loop that executes what a primary sends: between two of its commands items and offset belong together.
    private StoreSnapshot? Begin(
        ReplicaFeed feed, SnapshotFile file, long now, ManualResetEventSlim ended, out long offset)
    {
        StoreSnapshot? snapshot = null;
        long at = 0;
        using var done = new ManualResetEventSlim();
        while (snapshot is null && feed.State == FeedState.Waiting && !_isEnding)
        {
            done.Reset();
            _loop.Post(new LoopMessage(LoopMessageKind.Call, Action: () =>
            {
                using (_store.EnterMany(_store.AllShards, now))
                {
                    snapshot = _store.TryBeginSnapshot(file, now);
                    if (snapshot is not null)
                    {
                        _activate(feed.Stream);
                        at = feed.Stream.BeginReader();
                    }
                }

                done.Set();
            }));
            while (!done.Wait(100) && !_isEnding)
            {
            }

            if (snapshot is null)
            {
                // The log tells a state, or a snapshot before has not been wound up.
                ended.Wait(20);
            }
        }

        offset = at;
        feed.CopyEnded = ended.Set;
        string mark = ReplicationId.Next(_random);
        if (snapshot is null || !feed.TryBeginCopy(file, feed.Stream.Id, at, mark))
        {
            snapshot?.Dispose();
            feed.CopyEnded = null;
            return null;
        }

        return snapshot;
    }

    private void Count(long bytes)
    {
        _store.CountBuffers(bytes - _countedBytes);
        _countedBytes = bytes;
    }

    private long Milliseconds() => (long)_time.GetElapsedTime(0).TotalMilliseconds;

    private readonly record struct Pause(long Until, long Length)
    {
        public Pause After(long now)
        {
            long length = Length == 0 || now > Until + MostPause ? FirstPause : Math.Min(Length * 2, MostPause);
            return new Pause(now + length, length);
        }
    }
}
