namespace SessionGateway.Replication.Pair;

/// <summary>
/// The lease (R5): how long a backup may be promoted. Each side counts on its own clock from the moment that is earlier
/// for the backup, so the backup's count always ends first. With each lease the two agree on the base, the Sentinel
/// epoch up to which nobody has been elected: what is above it is evidence for the backup, and bars the primary's way
/// (R6).
/// </summary>
internal static class Leasing
{
    /// <summary>Time passed. The lease counts by the clock that went furthest, the grant by the one that never runs
    /// fast: whatever a clock does, the backup stops being promotable before the primary goes on alone.</summary>
    public static void Pass(in PairStep step, long monotonic, long boot, long wall)
    {
        ref PairState s = ref step.State;
        bool isMeasured = step.Holds(PairRules.StopEndsLease);
        long longest = isMeasured ? Math.Max(monotonic, Math.Max(boot, wall)) : monotonic;
        if (step.Holds(PairRules.LeaseRunsOut))
        {
            s.Lease = Math.Max(0, s.Lease - longest);
        }

        if (s.RenewAge != PairState.Unknown)
        {
            s.RenewAge += longest;
        }

        // R5': who was stopped does not know what others did meanwhile. An answer to what was asked before is none.
        if (isMeasured && longest >= step.Settings.Gap)
        {
            s.Lease = 0;
            s.RenewAge = PairState.Unknown;
        }

        bool hadGrant = s.Grant > 0;
        s.Grant = Math.Max(0, s.Grant - monotonic);
        if (hadGrant && s.Grant == 0 && step.Holds(PairRules.AloneNeedsFresh))
        {
            step.AskSentinels();
        }
    }

    /// <summary>RENEW at the backup: it takes the base before it asks. The base follows the Sentinels' epochs when no
    /// election is believed to run; if one does, it is only delayed.</summary>
    public static void Ask(in PairStep step, bool raises)
    {
        ref PairState s = ref step.State;
        if (s.Role != PairRole.Backup || !s.IsLinked || s.IsPromoting)
        {
            return;
        }

        if (raises || s.Base == PairState.Unknown)
        {
            // A base of what few have said would be below what the others say, and bar the primary's way.
            if (step.Heard() < step.Settings.Majority && step.Settings.Sentinels > 0)
            {
                return;
            }

            for (int i = 0; i < step.Settings.Sentinels; i++)
            {
                s.Base = Math.Max(Math.Max(s.Base, 0), s.Sentinels[i].Seen);
            }
        }

        s.RenewNumber++;
        s.RenewAge = 0;
        s.SinceRenew = 0;
        step.Do(PairOutputKind.SendRenew, s.RenewNumber, s.Base, s.Answered);
    }

    /// <summary>RENEW at the primary: it grants only to a backup that has, over this link, all that was acknowledged. A
    /// backup that restarted may have lost the end of its log, and must not be promoted before it has it
    /// again.</summary>
    public static void Grant(in PairStep step, long number, long proposed, long answered)
    {
        ref PairState s = ref step.State;
        bool hasData = s.Acked >= s.Committed || !step.Holds(PairRules.LeaseNeedsData);
        if (s.Role != PairRole.Primary || !s.Acts || !s.IsPaired || !s.IsLinked || !hasData)
        {
            return;
        }

        s.Base = proposed;
        s.Grant = step.Settings.Lease + step.Settings.Margin;
        s.SinceAck = 0;
        step.ForgetConfirmations();
        Fencing.Heard(step, number, answered);
        step.Do(PairOutputKind.SendEcho, number, s.Epoch);
    }

    /// <summary>The primary's answer: the lease counts from when it was asked for.</summary>
    public static void Take(in PairStep step, long number, long epoch)
    {
        ref PairState s = ref step.State;
        if (s.Role != PairRole.Backup || !s.IsLinked || number != s.RenewNumber || s.RenewAge == PairState.Unknown)
        {
            return;
        }

        s.Lease = Math.Max(0, step.Settings.Lease - s.RenewAge);
        s.RenewAge = PairState.Unknown;
        s.Answered = number;
        s.IsIntact = true;
        if (epoch > s.Epoch)
        {
            s.Epoch = epoch;
            step.Do(PairOutputKind.Persist);
        }
    }

    /// <summary>The primary goes on alone: nobody may promote this node.</summary>
    public static void Drop(in PairStep step)
    {
        if (step.State.Role == PairRole.Backup)
        {
            step.State.Lease = 0;
            step.State.IsIntact = false;
            step.State.RenewAge = PairState.Unknown;
        }
    }
}
