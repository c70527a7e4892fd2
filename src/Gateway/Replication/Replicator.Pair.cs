using System.Net;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Holding;
using SessionGateway.Replication.Link;
using SessionGateway.Store;

namespace SessionGateway.Gateway.Replication;

/// <summary>What the rules of a pair have done with its links.</summary>
internal sealed partial class Replicator
{
    /// <summary>The pair that this node belongs to; null: to none. Set before the loops run.</summary>
    public IPairLink? Pair
    {
        get;
        set
        {
            field = value;
            if (_backups is { Policy: PairBackups policy })
            {
                policy.Pair = value;
            }
        }
    }

    /// <summary>Follows nobody for now, and goes on with the same history when it follows again, or leads.</summary>
    public void Unfollow()
    {
        PrimaryLink? old;
        lock (_lock)
        {
            old = _primary;
            _isUnfollowed |= old is not null;
            _primary = null;
        }

        if (old is not null)
        {
            _loop.Post(new LoopMessage(LoopMessageKind.Call, Action: old.Stop));
        }
    }

    /// <summary>Closes the connection to the primary, which is opened anew.</summary>
    public void CutPrimary(string reason)
    {
        if (_primary is { } link)
        {
            _loop.Post(new LoopMessage(LoopMessageKind.Call, Action: () => link.Cut(reason)));
        }
    }

    /// <summary>Says something to the primary of the pair (REPLCONF pair-say).</summary>
    public void SayToPrimary(string words)
    {
        if (_primary is { } link)
        {
            _loop.Post(new LoopMessage(LoopMessageKind.Call, Action: () => link.Say(words)));
        }
    }

    /// <summary>Says something to the backup of the pair, behind what was written before.</summary>
    public void SayToBackup(in PairMessage message)
    {
        _records.Stream.Say(message);
        OnTurnEnded();
    }

    /// <summary>Closes the connections of the pair's backups.</summary>
    public void DropPairFeeds(string reason)
    {
        foreach (ReplicaFeed feed in _feeds)
        {
            if (feed.Peer.PairLink != 0)
            {
                feed.Drop(reason);
            }
        }
    }

    // Sentinel knows a node that follows nobody by the address of the other one.
    private PrimaryFigures? Awaited => Pair is { Peer.Length: > 0 } pair
        && IPEndPoint.TryParse(pair.Peer, out IPEndPoint? place)
        ? new PrimaryFigures(place.Address.ToString(), place.Port, "connect", -1, 0, 0, 0, 0, 0, 0) : _awaited;

    // A pair has rules of its own for what waits.
    private Settling? Settling => _backups is { Policy: PlainBackups } plain ? plain.Settling : null;

    // Guarded by all shards, never taken within the lock: a copy begins with both the other way round.
    private void Listen()
    {
        // Who takes all shards waits for what is not settled: a change of roles must not.
        if (_isListening)
        {
            return;
        }

        using MultiShardScope all = _services.Store.EnterMany(_services.Store.AllShards, now: 0);
        if (!_isListening)
        {
            _isListening = true;
            _services.Store.Listen(this);
        }
    }
}
