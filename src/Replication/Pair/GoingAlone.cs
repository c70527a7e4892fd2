namespace SessionGateway.Replication.Pair;

/// <summary>
/// When a primary goes on without its backup (R6). A backup is promoted without the primary's word only while its lease
/// runs and after a majority of Sentinels showed an epoch above the base; the primary goes on alone only after the
/// lease and after a majority showed one that is not above it. The two majorities share a Sentinel, whose epoch only
/// grows.
/// </summary>
internal static class GoingAlone
{
    /// <summary>A Sentinel says that this node is primary and that nobody was elected since the base.</summary>
    public static void Confirm(in PairStep step, in PairInput hello)
    {
        ref PairState s = ref step.State;
        bool isFresh = hello.C == s.Round || !step.Holds(PairRules.AloneNeedsFresh);
        bool isOver = s.Grant == 0 || !step.Holds(PairRules.GrantRunsOut);
        bool isAsked = s.IsSoftFenced
            || (s.IsPaired && (isOver || !step.Holds(PairRules.AloneNeedsFresh)));
        bool isBelow = !s.IsPaired || hello.A <= s.Base || !step.Holds(PairRules.AloneNeedsBase);
        if (s.Acts && hello.Name == PairName.Self && hello.B == s.Epoch && isAsked && isFresh && isBelow)
        {
            s.Sentinels[hello.Sentinel].HasConfirmed = true;
            Fencing.LiftByHellos(step);
        }
    }

    /// <summary>GO-ALONE (R6, N1): what it has is on the disk, then that it is alone, then it acknowledges
    /// so.</summary>
    public static void Try(in PairStep step)
    {
        ref PairState s = ref step.State;
        bool isOver = s.Grant == 0 || !step.Holds(PairRules.GrantRunsOut);
        bool isConfirmed = step.Confirmations() >= step.Settings.Majority || !step.Holds(PairRules.AloneNeedsMajority);
        bool hasBase = s.Base != PairState.Unknown || !step.Holds(PairRules.AloneNeedsBase);
        if (s.IsPaired && s.Serves && isOver && hasBase && isConfirmed && MayAcknowledge(step))
        {
            Go(step);
        }
    }

    /// <summary>Goes on alone, whoever decided so.</summary>
    public static void Go(in PairStep step)
    {
        step.Do(PairOutputKind.SendDropped);
        step.TakeOver();
    }

    // Alone without a way to acknowledge is worse than waiting for the backup.
    private static bool MayAcknowledge(in PairStep step) => step.Settings.Alone switch
    {
        AloneAck.Refuse => false,
        AloneAck.Disk => !step.State.IsLogBad,
        _ => true,
    };
}
