namespace SessionGateway.Replication.Pair;

/// <summary>One step of a node: its state, and what the rules say has to be done.</summary>
internal readonly ref struct PairStep
{
    /// <summary>The state, which the rules change.</summary>
    public readonly ref PairState State;

    private readonly List<PairOutput> _outputs;
    private readonly PairRules _rules;

    /// <summary>A step of a state.</summary>
    public PairStep(ref PairState state, PairSettings settings, PairRules rules, List<PairOutput> outputs)
    {
        State = ref state;
        Settings = settings;
        _rules = rules;
        _outputs = outputs;
    }

    /// <summary>Times and choices.</summary>
    public PairSettings Settings { get; }

    /// <summary>Whether a rule holds; always, but in models.</summary>
    public bool Holds(PairRules rule) => (_rules & rule) != 0;

    /// <summary>Has something done.</summary>
    public void Do(PairOutputKind kind, long a = 0, long b = 0, long c = 0) =>
        _outputs.Add(new PairOutput(kind, a, b, c));

    /// <summary>What Sentinels confirmed is asked for again, over new connections.</summary>
    public void AskSentinels()
    {
        State.Round++;
        ForgetConfirmations();
        Do(PairOutputKind.AskSentinels, State.Round);
    }

    /// <summary>What Sentinels confirmed counts no more.</summary>
    public void ForgetConfirmations()
    {
        for (int i = 0; i < Settings.Sentinels; i++)
        {
            State.Sentinels[i].HasConfirmed = false;
        }
    }

    /// <summary>What Sentinels showed counts no more: it is evidence for the backup of one primary only.</summary>
    public void ForgetSeen()
    {
        State.Base = PairState.Unknown;
        for (int i = 0; i < Settings.Sentinels; i++)
        {
            State.Sentinels[i].Seen = 0;
        }
    }

    /// <summary>How many Sentinels have confirmed that this node is primary.</summary>
    public int Confirmations()
    {
        int count = 0;
        for (int i = 0; i < Settings.Sentinels; i++)
        {
            count += State.Sentinels[i].HasConfirmed ? 1 : 0;
        }

        return count;
    }

    /// <summary>How many Sentinels this backup has heard.</summary>
    public int Heard()
    {
        int count = 0;
        for (int i = 0; i < Settings.Sentinels; i++)
        {
            count += State.Sentinels[i].Seen > 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The role of a primary that serves clients and goes on alone: what it has is on the disk, then that it
    /// is alone, and then it is so.</summary>
    public void TakeOver()
    {
        ref PairState s = ref State;
        if (s.IsLinked)
        {
            Do(PairOutputKind.CloseLink);
        }

        s.Role = PairRole.Primary;
        s.Acts = true;
        s.IsPaired = false;
        s.IsLinked = false;
        s.IsPromoting = false;
        s.IsSoftFenced = false;
        s.IsIntact = false;
        s.HasPeerGivenUp = false;
        s.HasHandedOver = false;
        s.WasPrimary = false;
        s.Lease = 0;
        s.Grant = 0;
        s.Base = PairState.Unknown;
        s.Acked = PairState.Unknown;
        s.RenewAge = PairState.Unknown;
        ForgetConfirmations();
        if (Holds(PairRules.AloneOnDisk))
        {
            Do(PairOutputKind.SyncLog);
            s.Durable = s.Written;
        }

        Do(PairOutputKind.Persist);
        Do(PairOutputKind.Changed);
        s.Committed = Math.Max(s.Committed, s.Written);
        Do(PairOutputKind.Release, s.Committed);
    }
}
