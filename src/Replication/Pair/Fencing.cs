namespace SessionGateway.Replication.Pair;

/// <summary>What stops a primary, and what lets it go on.</summary>
internal static class Fencing
{
    /// <summary>FENCE (R7): the other node is primary by a higher epoch. Sentinel's SLAVEOF comes ten seconds
    /// later.</summary>
    public static void Fence(in PairStep step, in PairInput hello)
    {
        ref PairState s = ref step.State;
        if (hello.Name == PairName.Peer && hello.B > s.Epoch && step.Holds(PairRules.Fence))
        {
            s.Epoch = hello.B;
            s.HasHandedOver = false;
            s.WasPrimary = false;
            Yield(step);
        }
    }

    /// <summary>FOLLOW (G13): SLAVEOF carries no epoch, so a Sentinel that has not heard of a promotion may send it to
    /// the new primary; an acting one obeys epochs only. Who is not confirmed obeys: the failover was given
    /// up.</summary>
    public static void Follow(in PairStep step, PairName name, bool isOperator)
    {
        ref PairState s = ref step.State;
        bool isTold = s.Role == PairRole.Joining && !s.HasData
            && (isOperator || !step.Holds(PairRules.AttachNeedsMajority));
        bool isEmpty = s.Role == PairRole.Joining && !s.HasData && !isTold && !Joining.IsPeerNamed(step);
        if (name != PairName.Peer || isEmpty || (s.Acts && step.Holds(PairRules.FollowNeedsEpoch)))
        {
            step.Do(PairOutputKind.Refuse);
            return;
        }

        s.IsTold |= isTold;
        step.Do(PairOutputKind.Accept);
        if (s.Acts || s.Role == PairRole.Primary || s.IsPromoting)
        {
            Yield(step);
        }
        else if (!s.IsLinked)
        {
            step.Do(PairOutputKind.Connect);
        }
    }

    /// <summary>SOFT-FENCE (R9, R10): heard nobody, or was stopped. It serves nobody until a backup or a majority of
    /// Sentinels, asked from now on, says that it is still primary.</summary>
    public static void SoftFence(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (s.Serves)
        {
            s.IsSoftFenced = true;
            s.LiftAt = PairState.Unknown;
            step.AskSentinels();
            step.Do(PairOutputKind.Changed);
        }
    }

    /// <summary>Lifts the soft fence when enough Sentinels have confirmed. One is not enough: it may not have heard of
    /// the promotion.</summary>
    public static void LiftByHellos(in PairStep step)
    {
        int needed = step.Holds(PairRules.LiftNeedsMajority) ? step.Settings.Majority : 1;
        if (step.State.IsSoftFenced && step.Confirmations() >= needed)
        {
            Lift(step);
        }
    }

    /// <summary>The backup asks for its lease. It lifts the soft fence when it has seen an answer that was given after
    /// the fence: what it said before may have waited in a buffer while this node was stopped.</summary>
    public static void Heard(in PairStep step, long number, long answered)
    {
        ref PairState s = ref step.State;
        if (!s.IsSoftFenced)
        {
            return;
        }

        if (s.LiftAt == PairState.Unknown)
        {
            s.LiftAt = number;
        }
        else if (answered >= s.LiftAt)
        {
            Lift(step);
        }
    }

    /// <summary>Is primary no more, and follows the other node.</summary>
    private static void Yield(in PairStep step)
    {
        ref PairState s = ref step.State;
        bool didAct = s.Acts;
        if (s.Role == PairRole.Primary)
        {
            step.ForgetSeen();
            s.Role = didAct ? PairRole.Fenced : PairRole.Backup;
        }

        s.Acts = false;
        s.IsPromoting = false;
        s.IsSoftFenced = false;
        s.IsRejoining = false;
        s.HasHandedOver = false;
        s.Lease = 0;
        s.Grant = 0;
        s.RenewAge = PairState.Unknown;
        if (didAct)
        {
            step.Do(PairOutputKind.Persist);
            step.Do(PairOutputKind.CloseClients);
            if (s.IsLinked)
            {
                s.IsLinked = false;
                step.Do(PairOutputKind.CloseLink);
            }
        }

        step.Do(PairOutputKind.Changed);
        if (s.WantsLink && !s.IsLinked)
        {
            step.Do(PairOutputKind.Connect);
        }
    }

    private static void Lift(in PairStep step)
    {
        step.State.IsSoftFenced = false;
        step.Do(PairOutputKind.Changed);
        Acknowledging.Commit(step);
    }
}
