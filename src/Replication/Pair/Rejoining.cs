namespace SessionGateway.Replication.Pair;

/// <summary>How a primary that goes on alone takes a backup back.</summary>
internal static class Rejoining
{
    /// <summary>A backup is attached; what it has is not known before its first acknowledgement.</summary>
    public static void Attach(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (s.Role != PairRole.Primary || !s.Acts)
        {
            step.Do(PairOutputKind.CloseLink);
            return;
        }

        s.IsLinked = true;
        s.IsRejoining = false;
        s.Acked = PairState.Unknown;
        s.SinceAck = 0;
    }

    /// <summary>REJOIN begins when the backup is close: acknowledgements wait until it has them all.</summary>
    public static void Begin(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (s.Role == PairRole.Primary && s.Acts && !s.IsPaired && s.IsLinked && s.Acked != PairState.Unknown)
        {
            s.IsRejoining = true;
            GoOn(step);
        }
    }

    /// <summary>REJOIN: that there are two is on the disk first, and only then the backup gets a lease: a primary that
    /// restarts must not believe that it was alone when another one may have been promoted.</summary>
    public static void GoOn(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (s.IsRejoining && s.Acked >= s.Committed)
        {
            s.IsRejoining = false;
            s.IsPaired = true;
            s.Grant = step.Settings.Lease + step.Settings.Margin;
            step.ForgetConfirmations();
            step.Do(PairOutputKind.Persist);
            step.Do(PairOutputKind.Changed);
            Acknowledging.Commit(step);
        }
    }
}
