namespace SessionGateway.Replication.Pair;

/// <summary>
/// When a write is acknowledged, and from when on it is visible: at the same moment. A write that nobody has answered,
/// and one whose answer timed out, is read by nobody (N7): a failover could take it back.
/// </summary>
internal static class Acknowledging
{
    /// <summary>A client's write was executed; it waits.</summary>
    public static void Written(in PairStep step, long position)
    {
        step.State.Written = Math.Max(step.State.Written, position);
        Commit(step);
    }

    /// <summary>The log is on the disk up to a position.</summary>
    public static void Durable(in PairStep step, long position)
    {
        step.State.Durable = Math.Max(step.State.Durable, Math.Min(position, step.State.Written));
        Commit(step);
    }

    /// <summary>R2: the backup has what is up to a position.</summary>
    public static void BackupAcked(in PairStep step, long position)
    {
        ref PairState s = ref step.State;
        if (s.Role == PairRole.Primary && s.IsLinked)
        {
            s.Acked = Math.Max(s.Acked, Math.Min(position, s.Written));
            s.SinceAck = 0;
            Commit(step);
            Rejoining.GoOn(step);
        }
    }

    /// <summary>Acknowledges what may be.</summary>
    public static void Commit(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (!s.Serves)
        {
            return;
        }

        long reached = s.IsPaired ? ReachedByBoth(step) : ReachedAlone(step);
        if (reached > s.Committed)
        {
            s.Committed = reached;
            step.Do(PairOutputKind.Release, reached);
        }
    }

    // ACK-PAIR (R2): the backup acknowledged over the link of now. What it said over an older one it may have lost.
    private static long ReachedByBoth(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (step.Settings.Ack == PairAck.Memory || !step.Holds(PairRules.AckWaits))
        {
            return s.Written;
        }

        long acked = s.IsLinked ? s.Acked : PairState.Unknown;
        return step.Settings.Ack == PairAck.BackupAndDisk ? Math.Min(acked, s.Durable) : acked;
    }

    // ACK-ALONE (N1): nobody else has it, so the disk must, or a crash loses it. While the backup is taken back nothing
    // more is acknowledged alone, or it would never have all that is.
    private static long ReachedAlone(in PairStep step) => step.State.IsRejoining ? PairState.Unknown
        : step.Settings.Alone switch
        {
            AloneAck.Refuse => PairState.Unknown,
            AloneAck.Disk when step.Holds(PairRules.AloneOnDisk) => step.State.Durable,
            _ => step.State.Written,
        };
}
