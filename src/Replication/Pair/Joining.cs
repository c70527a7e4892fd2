namespace SessionGateway.Replication.Pair;

/// <summary>How a node starts, and how it comes by the other one's data.</summary>
internal static class Joining
{
    /// <summary>RESTART (N2): the last one standing, with all of its log, goes on. Who was one of two cannot know
    /// whether the other was promoted; it waits, and answers PING so that Sentinel looks elsewhere (R11).</summary>
    public static void Start(in PairStep step, PairRecord? record, long position, bool isComplete)
    {
        ref PairState s = ref step.State;
        s = default;
        s.Base = PairState.Unknown;
        s.Acked = PairState.Unknown;
        s.RenewAge = PairState.Unknown;
        s.LiftAt = PairState.Unknown;
        if (record is null)
        {
            return;
        }

        s.HasData = true;
        s.IsPaired = record.IsPaired;
        s.Epoch = record.Epoch;
        s.Written = position;
        s.Durable = position;
        s.Committed = position;
        if (record.Role == PairRole.Backup)
        {
            s.Role = PairRole.Backup;
            step.Do(PairOutputKind.Connect);
        }
        else if (record.Role == PairRole.Primary
            && ((!record.IsPaired && isComplete) || !step.Holds(PairRules.RestartDoubts)))
        {
            s.Role = PairRole.Primary;
            s.Acts = true;
        }
        else
        {
            s.WasPrimary = record.Role != PairRole.Joining;
            step.Do(PairOutputKind.Connect);
        }

        step.Do(PairOutputKind.Changed);
    }

    /// <summary>This node has all that the primary had when it attached, beside what it had before (N3), which now may
    /// go. It takes nothing older than its own (R12), and without anything of its own only from whom a majority of
    /// Sentinels names (G14) or an operator named.</summary>
    public static void Attached(in PairStep step, long epoch, long position)
    {
        ref PairState s = ref step.State;
        bool wants = s.WantsLink || IsPeerNamed(step) || !step.Holds(PairRules.AttachNeedsMajority);
        if (s.Role == PairRole.Primary || !wants || (epoch < s.Epoch && step.Holds(PairRules.AttachNeedsEpoch)))
        {
            step.Do(PairOutputKind.CloseLink);
            return;
        }

        bool isNews = s.Role != PairRole.Backup || !s.IsPaired || s.Epoch != epoch;
        if (s.Role != PairRole.Backup)
        {
            s.Lease = 0;
            s.IsIntact = false;
            step.ForgetSeen();
        }

        s.Role = PairRole.Backup;
        s.IsPaired = true;
        s.HasData = true;
        s.IsTold = false;
        s.WasPrimary = false;
        s.HasHandedOver = false;
        s.HasPeerGivenUp = false;
        s.IsLinked = true;
        s.Epoch = epoch;
        s.Written = position;
        s.Durable = Math.Min(s.Durable, position);
        s.Committed = Math.Min(s.Committed, position);
        s.RenewAge = PairState.Unknown;
        s.Answered = 0;
        if (isNews)
        {
            step.Do(PairOutputKind.Persist);
            step.Do(PairOutputKind.Changed);
        }
    }

    /// <summary>This node has what its primary sent.</summary>
    public static void Received(in PairStep step, long position)
    {
        ref PairState s = ref step.State;
        if (s.Role == PairRole.Backup && s.IsLinked)
        {
            s.Written = Math.Max(s.Written, position);
        }
    }

    /// <summary>The link is gone. The lease stays: it is for this.</summary>
    public static void LinkLost(in PairStep step)
    {
        ref PairState s = ref step.State;
        s.IsLinked = false;
        s.IsRejoining = false;
        s.Acked = PairState.Unknown;
        s.RenewAge = PairState.Unknown;
        s.Answered = 0;
        s.IsHandshakeOver |= s.IsPromoting;
        if (s.WantsLink)
        {
            step.Do(PairOutputKind.Connect);
        }
    }

    /// <summary>RELINQUISH: the other node was one of two and has restarted, so it may not decide. This one may, if it
    /// had everything in this life (<see cref="PairState.IsIntact"/>), whatever its lease says.</summary>
    public static void PeerGaveUp(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (s.Role == PairRole.Backup && !s.IsLinked && !s.HasPeerGivenUp && step.Holds(PairRules.Relinquish))
        {
            s.HasPeerGivenUp = true;
            step.Do(PairOutputKind.Changed);
        }
    }

    /// <summary>An operator decides, whatever is lost.</summary>
    public static void Force(in PairStep step)
    {
        ref PairState s = ref step.State;
        if (!s.HasData)
        {
            step.Do(PairOutputKind.Refuse);
            return;
        }

        step.Do(PairOutputKind.Accept);
        if (!s.Acts || s.IsPaired)
        {
            GoingAlone.Go(step);
        }
    }

    /// <summary>Whatever had to be on the disk is not: this node is nothing until it is started again.</summary>
    public static void Stop(in PairStep step)
    {
        ref PairState s = ref step.State;
        bool wasServing = s.Acts;
        s.WasPrimary |= s.Role == PairRole.Primary;
        s.Role = PairRole.Joining;
        s.Acts = false;
        s.IsPaired = false;
        s.HasData = false;
        s.IsPromoting = false;
        s.IsLinked = false;
        s.Lease = 0;
        if (wasServing)
        {
            step.Do(PairOutputKind.CloseClients);
        }

        step.Do(PairOutputKind.CloseLink);
        step.Do(PairOutputKind.Changed);
    }

    /// <summary>G14: whether a majority of Sentinels names the other node with the highest config epoch.</summary>
    public static bool IsPeerNamed(in PairStep step)
    {
        ref PairState s = ref step.State;
        long highest = s.Epoch;
        for (int i = 0; i < step.Settings.Sentinels; i++)
        {
            highest = Math.Max(highest, s.Sentinels[i].Config);
        }

        int naming = 0;
        for (int i = 0; i < step.Settings.Sentinels; i++)
        {
            SentinelView view = s.Sentinels[i];
            naming += view.Named == PairName.Peer && view.Config == highest ? 1 : 0;
        }

        return naming >= step.Settings.Majority;
    }
}
