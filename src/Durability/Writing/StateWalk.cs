using SessionGateway.Store;

namespace SessionGateway.Durability.Writing;

/// <summary>
/// Tells a state of the store to the log, in steps between which the writer writes. Used by the writer's thread; the
/// queue is kept short enough for what others write meanwhile.
/// </summary>
/// <param name="store">The items.</param>
/// <param name="intake">The log.</param>
/// <param name="settings">How much may wait.</param>
/// <param name="time">The clock.</param>
public sealed class StateWalk(ItemStore store, LogIntake intake, LogSettings settings, TimeProvider time)
{
    // Items of a shard that are looked at under one hold of its lock: about 50 us.
    private const int StepItems = 64;

    private StoreSnapshot? _snapshot;
    private int _shard;

    /// <summary>A state is being told; from any thread.</summary>
    public bool IsRunning => Volatile.Read(ref _snapshot) is not null;

    /// <summary>Begins, if the store lets it: its snapshot before may not have been wound up yet.</summary>
    /// <param name="isRestart">Behind a gap: the intake begins anew.</param>
    public bool TryBegin(bool isRestart)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        using MultiShardScope all = store.EnterMany(store.AllShards, now);
        StoreSnapshot? snapshot = store.TryBeginSnapshot(intake, now);
        if (snapshot is null)
        {
            return false;
        }

        if (isRestart)
        {
            intake.Restart(now, snapshot.Position, snapshot.LastCas);
        }
        else
        {
            intake.BeginState(now, snapshot.Position);
        }

        _shard = 0;
        _snapshot = snapshot;
        return true;
    }

    /// <summary>Goes on until enough waits to be written, or the state is complete.</summary>
    public void Step() => Step(TimeSpan.MaxValue);

    /// <summary>Goes on until enough waits to be written, the time is over, or the state is complete.</summary>
    /// <param name="most">How long it may take.</param>
    public void Step(TimeSpan most)
    {
        long began = time.GetTimestamp();
        while (_snapshot is { } snapshot && intake.QueuedBytes < settings.QueueBytes / 8
            && time.GetElapsedTime(began) < most)
        {
            if (intake.IsLost)
            {
                Abandon();
            }
            else if (!snapshot.Step(_shard, StepItems))
            {
                continue;
            }
            else if (++_shard == store.Shards.Length)
            {
                using MultiShardScope all = store.EnterMany(store.AllShards, snapshot.TakenAt);
                intake.EndState();
                End();
            }
        }
    }

    /// <summary>Gives up what was begun.</summary>
    public void Abandon()
    {
        if (_snapshot is null)
        {
            return;
        }

        using MultiShardScope all = store.EnterMany(store.AllShards, now: 0);
        intake.AbandonState();
        End();
    }

    private void End()
    {
        _snapshot?.Dispose();
        _snapshot = null;
    }
}
