using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>What a Sentinel can do next.</summary>
internal sealed class SentinelSteps(ModelOptions options, NodeRunner runner)
{
    private readonly ModelOptions _options = options;
    private readonly NodeRunner _runner = runner;

    public void OfSentinel(in World world, int i, List<Successor> next)
    {
        SentinelModel sentinel = world.Sentinels[i];
        for (int x = 0; x < 2; x++)
        {
            if (world.Machines[x].IsUp && Cuts.HearsSentinels(world.Cut, x))
            {
                OfSentinelAt(world, i, x, next);
            }
        }

        int primary = sentinel.Primary;
        bool isDown = !world.Machines[primary].IsUp || !Cuts.ReachesSentinels(world.Cut, primary)
            || !Cuts.HearsSentinels(world.Cut, primary) || !world.Nodes[primary].IsReady
            || !world.Nodes[primary].ShowsMaster;
        if (isDown && sentinel.Phase == SentinelPhase.Watching && sentinel.Current < _options.Epochs)
        {
            World after = world;
            ref SentinelModel candidate = ref after.Sentinels[i];
            candidate.Current++;
            candidate.Attempt = candidate.Current;
            candidate.Voted = candidate.Current;
            candidate.Votes = 1;
            candidate.Phase = SentinelPhase.Candidate;
            Successor.Add(after, ActionKind.Elect, i, next);
        }

        if (sentinel.Phase != SentinelPhase.Watching)
        {
            World after = world;
            Rest(ref after.Sentinels[i]);
            Successor.Add(after, ActionKind.Abort, i, next);
        }

        for (int j = 0; j < Trio.Count; j++)
        {
            if (j != i)
            {
                OfSentinels(world, i, j, next);
            }
        }
    }

    private void OfSentinelAt(in World world, int i, int x, List<Successor> next)
    {
        SentinelModel sentinel = world.Sentinels[i];
        bool answers = Cuts.ReachesSentinels(world.Cut, x);
        ref readonly PairState node = ref world.Nodes[x];
        PairName named = sentinel.Primary == x ? PairName.Self : PairName.Peer;
        World after = world;
        Hear(ref after, i, x, named);
        Successor.Add(after, ActionKind.Hello, (i * 2) + x, next);
        if (sentinel.Phase == SentinelPhase.Leader && sentinel.Primary != x)
        {
            _runner.Try(world, x, PairInput.Promote(), ActionKind.SlaveofNoOne, (i * 2) + x, next);
            if (answers && node.ShowsMaster && node.IsReady)
            {
                after = world;
                ref SentinelModel leader = ref after.Sentinels[i];
                leader.Config = leader.Attempt;
                leader.Primary = x;
                Rest(ref leader);
                Successor.Add(after, ActionKind.SeePromotion, (i * 2) + x, next);
            }
        }

        if (sentinel.Primary != x && answers && !node.IsLinked)
        {
            _runner.Try(world, x, PairInput.Follow(PairName.Peer), ActionKind.Slaveof, (i * 2) + x, next);
        }
    }

    private void Hear(ref World world, int i, int x, PairName named)
    {
        SentinelModel sentinel = world.Sentinels[i];
        ref readonly PairState node = ref world.Nodes[x];
        _runner.Tell(ref world, x, PairInput.Hello(i, sentinel.Current, sentinel.Config, named, node.Round));
        ref SentinelView view = ref world.Nodes[x].Sentinels[i];
        bool wasConfirmed = node.Sentinels[i].HasConfirmed;
        if (_options.Variant == BaseVariant.ConfigEpoch && node.IsPaired)
        {
            view.HasConfirmed = wasConfirmed || (view.HasConfirmed && sentinel.Current == node.Epoch);
        }
        else if (_options.Variant == BaseVariant.PerSentinel && node.IsPaired)
        {
            view.HasConfirmed = wasConfirmed || (view.HasConfirmed && sentinel.Current <= sentinel.Baseline);
        }
    }

    private void OfSentinels(in World world, int i, int j, List<Successor> next)
    {
        SentinelModel from = world.Sentinels[j];
        SentinelModel sentinel = world.Sentinels[i];
        if (from.Current > sentinel.Current || from.Config > sentinel.Config)
        {
            World after = world;
            ref SentinelModel told = ref after.Sentinels[i];
            told.Current = Math.Max(told.Current, from.Current);
            if (from.Config > told.Config)
            {
                told.Config = from.Config;
                if (told.Primary != from.Primary)
                {
                    told.Primary = from.Primary;
                    Rest(ref told);
                }
            }

            Successor.Add(after, ActionKind.Gossip, (j * 3) + i, next);
        }

        // j votes for i.
        if (sentinel.Phase == SentinelPhase.Candidate && from.Voted < sentinel.Attempt
            && from.Current <= sentinel.Attempt)
        {
            World after = world;
            after.Sentinels[j].Current = sentinel.Attempt;
            after.Sentinels[j].Voted = sentinel.Attempt;
            ref SentinelModel candidate = ref after.Sentinels[i];
            candidate.Votes++;
            if (candidate.Votes > Trio.Count / 2)
            {
                candidate.Phase = SentinelPhase.Leader;
                candidate.Votes = 0;
            }

            Successor.Add(after, ActionKind.Vote, (j * 3) + i, next);
        }
    }

    private static void Rest(ref SentinelModel sentinel)
    {
        sentinel.Phase = SentinelPhase.Watching;
        sentinel.Votes = 0;
        sentinel.Attempt = 0;
    }
}
