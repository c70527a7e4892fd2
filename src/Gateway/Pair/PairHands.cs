using System.Net;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Replication;
using SessionGateway.Replication.Link;
using SessionGateway.Store;

namespace SessionGateway.Gateway.Pair;

/// <summary>What a pair's node has done by the store, the log, the links and the connections.</summary>
internal sealed class PairHands(
    Replicator replicator, ItemStore store, IReadOnlyList<EventLoop> loops,
    CommandServices services, int listenBacklog, TimeProvider time) : IPairHands
{
    // A disk that takes longer is as good as broken: clients wait.
    private static readonly TimeSpan MostSync = TimeSpan.FromSeconds(10);

    // Connections that a loop accepts in one turn (EpollPoller).
    private const int AcceptsPerTurn = 64;

    /// <inheritdoc/>
    public long Position => store.Mutations.Position;

    /// <inheritdoc/>
    public void SyncLog()
    {
        long position = Position;
        long begin = time.GetTimestamp();
        while (services.Persistence is not { } log || log.SyncedPosition < position)
        {
            if (services.Persistence is null or { IsDegraded: true } || time.GetElapsedTime(begin) > MostSync)
            {
                throw new IOException("the log is not on the disk");
            }

            services.Persistence.WantSync();
            Thread.Sleep(1);
        }
    }

    /// <inheritdoc/>
    public void Follow(string address)
    {
        var place = IPEndPoint.Parse(address);
        replicator.Follow(place.Address.ToString(), place.Port);
    }

    /// <inheritdoc/>
    public void Unfollow() => replicator.Unfollow();

    /// <inheritdoc/>
    public void Lead() => replicator.Lead();

    /// <inheritdoc/>
    public void CutPrimary(string reason) => replicator.CutPrimary(reason);

    /// <inheritdoc/>
    public void DropBackups(string reason) => replicator.DropPairFeeds(reason);

    /// <inheritdoc/>
    public void SayToPrimary(string words) => replicator.SayToPrimary(words);

    /// <inheritdoc/>
    public void SayToBackup(in PairMessage message) => replicator.SayToBackup(message);

    /// <inheritdoc/>
    public void CloseClients(Action done)
    {
        foreach (ClientConnection client in services.Connections.Snapshot())
        {
            if (client is { Replica: null, Sentinel: 0, SubscriptionCount: 0, PatternCount: 0 })
            {
                client.Kill();
            }
        }

        // Each loop hears of it behind what it was told to close.
        int left = loops.Count;
        foreach (EventLoop loop in loops)
        {
            loop.Post(new LoopMessage(LoopMessageKind.Call, Action: () =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    done();
                }
            }));
        }
    }

    /// <inheritdoc/>
    public void CloseSentinels(Action<long> done)
    {
        foreach (ClientConnection client in services.Connections.Snapshot())
        {
            if (client.Sentinel != 0)
            {
                client.Kill();
            }
        }

        // What waits to be accepted now was opened before: it is accepted within so many turns of the first loop.
        EventLoop first = loops[0];
        int turns = 2 + (listenBacklog / AcceptsPerTurn);
        first.Post(new LoopMessage(LoopMessageKind.Call, Action: Turn));
        void Turn()
        {
            turns -= first.Settings.Admission!.MayAccept ? 1 : 0;
            if (turns > 0)
            {
                first.Tasks.Add(Turn);
            }
            else
            {
                done(first.Settings.Admission!.LastId);
            }
        }
    }
}
