namespace SessionGateway.Replication.Pair;

/// <summary>
/// The rules of the pair: from a state and something heard to a new state and what has to be done. It has no sockets,
/// no clock, no files and no memory of its own, so that the exhaustive model of the tests and the product run the same
/// rules. Each rule is one guarded method of the classes beside this one.
/// </summary>
/// <remarks>
/// Whoever runs it tells one thing at a time, a tick before it, does the outputs in order, and calls
/// <see cref="Settle"/> after it: rules that need nothing but a moment (going alone, giving up, renewing) are looked at
/// there. The model tells those moments itself, at any time.
/// </remarks>
public sealed class PairNode
{
    private readonly PairSettings _settings;
    private readonly PairRules _rules;

    /// <summary>The rules with these times.</summary>
    public PairNode(PairSettings settings) : this(settings, PairRules.All)
    {
    }

    internal PairNode(PairSettings settings, PairRules rules)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Sentinels, SentinelViews.Most);
        _settings = settings;
        _rules = rules;
    }

    /// <summary>A new pair's first node: it has data (none yet) and is alone.</summary>
    public static PairState Bootstrap()
    {
        PairState state = default;
        state.Role = PairRole.Primary;
        state.Acts = true;
        state.HasData = true;
        state.Base = PairState.Unknown;
        state.Acked = PairState.Unknown;
        state.RenewAge = PairState.Unknown;
        state.LiftAt = PairState.Unknown;
        return state;
    }

    /// <summary>Tells one thing.</summary>
    /// <param name="state">The state, which is changed.</param>
    /// <param name="input">What is heard.</param>
    /// <param name="outputs">What has to be done is added here.</param>
    public void Tell(ref PairState state, in PairInput input, List<PairOutput> outputs)
    {
        var step = new PairStep(ref state, _settings, _rules, outputs);
        switch (input.Kind)
        {
            case PairInputKind.Tick:
                Pass(step, input);
                break;
            case PairInputKind.Start:
                Joining.Start(step, input.Record, input.A, input.Flag);
                break;
            case PairInputKind.Hello:
                Hear(step, input);
                break;
            case PairInputKind.Ping:
                state.Sentinels[input.Sentinel].Silent = 0;
                step.Do(state.IsReady ? PairOutputKind.Pong : PairOutputKind.NotReady);
                break;
            case PairInputKind.Promote:
                Promotion.Ask(step);
                break;
            case PairInputKind.Follow:
                Fencing.Follow(step, input.Name, input.Flag);
                break;
            case PairInputKind.LogFailed:
                state.IsLogBad = true;
                break;
            case PairInputKind.StateFailed:
                Joining.Stop(step);
                break;
            case PairInputKind.Switch when state.Acked >= state.Committed:
                Promotion.HandOver(step);
                break;
            case PairInputKind.Force:
                Joining.Force(step);
                break;
            default:
                TellOfLink(step, input);
                break;
        }
    }

    /// <summary>Looks at the rules that need nothing but a moment.</summary>
    public void Settle(ref PairState state, List<PairOutput> outputs)
    {
        var step = new PairStep(ref state, _settings, _rules, outputs);
        if (state.SinceRenew >= _settings.RenewEvery)
        {
            Leasing.Ask(step, state.SinceSeen >= _settings.RaiseAfter);
        }

        if (state.SincePromoting >= _settings.Handshake)
        {
            Promotion.EndHandshake(step);
        }

        Promotion.Try(step);
        if (IsSilent(state))
        {
            Silence(step);
        }

        if (!state.IsPaired && state.Written - state.Acked <= _settings.RejoinWithin)
        {
            Rejoining.Begin(step);
        }

        GoingAlone.Try(step);
    }

    private static void TellOfLink(in PairStep step, in PairInput input)
    {
        switch (input.Kind)
        {
            case PairInputKind.BackupAttached:
                Rejoining.Attach(step);
                break;
            case PairInputKind.BackupAcked:
                Acknowledging.BackupAcked(step, input.A);
                break;
            case PairInputKind.Attached:
                Joining.Attached(step, input.B, input.A);
                break;
            case PairInputKind.Received:
                Joining.Received(step, input.A);
                break;
            case PairInputKind.LinkLost:
                Joining.LinkLost(step);
                break;
            case PairInputKind.Written:
                Acknowledging.Written(step, input.A);
                break;
            case PairInputKind.Durable:
                Acknowledging.Durable(step, input.A);
                break;
            case PairInputKind.Renew:
                Leasing.Grant(step, input.A, input.B, input.C);
                break;
            case PairInputKind.Echo:
                Leasing.Take(step, input.A, input.B);
                break;
            case PairInputKind.Promoting when step.Holds(PairRules.Handshake):
                Promotion.HandOver(step);
                break;
            case PairInputKind.HandedOver:
                Promotion.Receive(step, input.A);
                break;
            case PairInputKind.Dropped:
                Leasing.Drop(step);
                break;
            case PairInputKind.GaveUp:
                Joining.PeerGaveUp(step);
                break;
            case PairInputKind.NeverActive:
                Promotion.Resume(step);
                break;
            default:
                TellOfMoment(step, input);
                break;
        }
    }

    private static void TellOfMoment(in PairStep step, in PairInput input)
    {
        switch (input.Kind)
        {
            case PairInputKind.RenewDue:
                Leasing.Ask(step, input.Flag);
                break;
            case PairInputKind.AloneDue:
                GoingAlone.Try(step);
                break;
            case PairInputKind.HandshakeDue:
                Promotion.EndHandshake(step);
                break;
            case PairInputKind.PromotionDue:
                Promotion.Try(step);
                break;
            case PairInputKind.SilenceDue:
                Silence(step);
                break;
            case PairInputKind.RejoinDue:
                Rejoining.Begin(step);
                break;
        }
    }

    // R9: nobody who could say that this node is primary still was heard.
    private static void Silence(in PairStep step)
    {
        if (step.Holds(PairRules.SilenceFences))
        {
            Fencing.SoftFence(step);
        }
    }

    private static void Hear(in PairStep step, in PairInput hello)
    {
        ref SentinelView view = ref step.State.Sentinels[hello.Sentinel];
        if (step.State.Role == PairRole.Backup && hello.A > view.Seen)
        {
            view.Seen = hello.A;
            step.State.SinceSeen = 0;
        }

        if (hello.B >= view.Config)
        {
            view.Config = hello.B;
            view.Named = hello.Name;
        }

        Fencing.Fence(step, hello);
        Promotion.Confirm(step, hello);
        GoingAlone.Confirm(step, hello);
    }

    private void Pass(in PairStep step, in PairInput tick)
    {
        ref PairState s = ref step.State;
        Leasing.Pass(step, tick.A, tick.B, tick.C);
        // R10: who was stopped may have been followed by another.
        if (Math.Max(tick.A, Math.Max(tick.B, tick.C)) >= _settings.Gap && step.Holds(PairRules.StopFences))
        {
            Fencing.SoftFence(step);
        }

        s.SinceAck += tick.A;
        s.SinceRenew += tick.A;
        s.SinceSeen += tick.A;
        s.SincePromoting += tick.A;
        for (int i = 0; i < _settings.Sentinels; i++)
        {
            s.Sentinels[i].Silent += tick.A;
        }
    }

    private bool IsSilent(in PairState state)
    {
        int heard = 0;
        for (int i = 0; i < _settings.Sentinels; i++)
        {
            heard += state.Sentinels[i].Silent <= _settings.DownAfter / 2 ? 1 : 0;
        }

        bool hasBackup = state.IsLinked && state.SinceAck <= _settings.DownAfter / 2;
        // Nobody can be promoted in the place of a primary that goes on alone: the other one's lease is over.
        return state.IsPaired && _settings.Sentinels > 0 && heard < _settings.Majority && !hasBackup;
    }
}
