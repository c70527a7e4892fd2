namespace SessionGateway.Replication.Pair;

/// <summary>How a backup becomes primary.</summary>
internal static class Promotion
{
    /// <summary>ACCEPT (R3): SLAVEOF NO ONE is obeyed by a backup whose lease runs, or whose primary has said that it
    /// may not decide (RELINQUISH). Who is promoted already says so again (N6): the Sentinel that led may have
    /// died.</summary>
    public static void Ask(in PairStep step)
    {
        ref PairState s = ref step.State;
        bool isPromoted = s.Role == PairRole.Primary && step.Holds(PairRules.PromotionRepeats);
        bool mayBe = s.Role == PairRole.Backup && (s.CanPromote || !step.Holds(PairRules.PromotionNeedsLease));
        if (isPromoted || (mayBe && s.IsPromoting))
        {
            step.Do(PairOutputKind.Accept);
        }
        else if (mayBe)
        {
            s.IsPromoting = true;
            s.SincePromoting = 0;
            s.IsHandshakeOver = !s.IsLinked || !step.Holds(PairRules.Handshake);
            step.Do(PairOutputKind.Accept);
            if (!s.IsHandshakeOver)
            {
                step.Do(PairOutputKind.SendPromoting);
            }
        }
        else
        {
            step.Do(PairOutputKind.Refuse);
        }
    }

    /// <summary>HANDSHAKE at the primary (R4): it acknowledges no more, and will not after a restart, before it says
    /// so.</summary>
    public static void HandOver(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (s.Role != PairRole.Primary || !s.Acts || !s.IsPaired || !s.IsLinked)
        {
            return;
        }

        s.Role = PairRole.Fenced;
        s.Acts = false;
        s.IsSoftFenced = false;
        s.HasHandedOver = true;
        step.Do(PairOutputKind.Persist);
        step.Do(PairOutputKind.CloseClients);
        step.Do(PairOutputKind.SendHandedOver, s.Written);
        step.Do(PairOutputKind.Changed);
    }

    /// <summary>HANDSHAKE at the backup: it has all of the primary's log, and the primary is none any more.</summary>
    public static void Receive(in PairStep step, long position)
    {
        ref PairState s = ref step.State;
        if (s.Role == PairRole.Backup && s.IsLinked && s.Written >= position)
        {
            step.TakeOver();
        }
    }

    /// <summary>The primary has had its time to answer.</summary>
    public static void EndHandshake(in PairStep step) => step.State.IsHandshakeOver |= step.State.IsPromoting;

    /// <summary>PROMOTE-WITHOUT-ANSWER: shows itself as master, and serves nobody until Sentinel names it (R8). Without
    /// evidence it waits: Sentinels tell each other of an election within two seconds; when the lease ends first, it
    /// gives up.</summary>
    public static void Try(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (!s.IsPromoting || !(s.IsHandshakeOver || !s.IsLinked))
        {
            return;
        }

        bool isLeft = s.HasPeerGivenUp && s.IsIntact;
        bool hasLease = s.Lease > 0 || !step.Holds(PairRules.PromotionNeedsLease);
        if (isLeft || (hasLease && HasEvidence(step)))
        {
            Show(step);
        }
        else if (!hasLease)
        {
            s.IsPromoting = false;
            step.Do(PairOutputKind.Changed);
        }
    }

    /// <summary>CONFIRM (R8): Sentinel names this node with a new epoch. What is named already takes the
    /// epoch.</summary>
    public static void Confirm(in PairStep step, in PairInput hello)
    {
        ref PairState s = ref step.State;
        if (s.Role != PairRole.Primary || hello.Name != PairName.Self || hello.B <= s.Epoch)
        {
            return;
        }

        s.Epoch = hello.B;
        if (!s.Acts)
        {
            step.TakeOver();
        }
        else
        {
            step.ForgetConfirmations();
            step.Do(PairOutputKind.Persist);
        }
    }

    /// <summary>RELINQUISH: the backup this node handed over to has not become primary; it may go on.</summary>
    public static void Resume(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (s.Role == PairRole.Fenced && s.HasHandedOver && s.IsPaired && step.Holds(PairRules.Relinquish))
        {
            s.Role = PairRole.Primary;
            s.Acts = true;
            s.HasHandedOver = false;
            s.IsLinked = false;
            s.Acked = PairState.Unknown;
            step.AskSentinels();
            step.Do(PairOutputKind.Persist);
            step.Do(PairOutputKind.Changed);
        }
    }

    private static void Show(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (s.IsLinked)
        {
            step.Do(PairOutputKind.CloseLink);
        }

        s.Role = PairRole.Primary;
        s.IsPromoting = false;
        s.IsLinked = false;
        s.Lease = 0;
        s.RenewAge = PairState.Unknown;
        step.Do(PairOutputKind.Changed);
        if (!step.Holds(PairRules.Confirm))
        {
            step.TakeOver();
        }
    }

    private static bool HasEvidence(in PairStep step)
    {
        int above = 0;
        for (int i = 0; i < step.Settings.Sentinels; i++)
        {
            above += step.State.Sentinels[i].Seen > step.State.Base ? 1 : 0;
        }

        return above >= step.Settings.Majority || !step.Holds(PairRules.Evidence);
    }
}
