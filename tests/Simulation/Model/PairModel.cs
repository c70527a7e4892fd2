using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>
/// What can come after a world: one step of a node, a Sentinel, the network, a client, or a fault. The nodes are the
/// product's <see cref="PairNode"/>; everything else is told here as pessimistically as it can be: whatever may happen
/// may also be late for ever.
/// </summary>
internal sealed class PairModel
{
    private readonly ModelOptions _options;
    private readonly NodeRunner _runner;
    private readonly SentinelSteps _sentinels;
    private readonly FaultSteps _faults;

    public PairModel(ModelOptions options)
    {
        _options = options;
        _runner = new NodeRunner(options);
        _sentinels = new SentinelSteps(options, _runner);
        _faults = new FaultSteps(options, _runner);
    }

    /// <summary>Both nodes in sync in epoch 1, A primary.</summary>
    public World Initial()
    {
        World world = default;
        world.Connection = 1;
        world.Faults = _options.Budget;
        for (int i = 0; i < 2; i++)
        {
            ref PairState node = ref world.Nodes[i];
            node = PairNode.Bootstrap();
            node.Role = i == 0 ? PairRole.Primary : PairRole.Backup;
            node.Acts = i == 0;
            node.IsPaired = true;
            node.IsLinked = true;
            node.IsIntact = i == 1 && (_options.Rules & PairRules.Relinquish) != 0;
            node.Epoch = 1;
            node.Base = 1;
            node.Lease = i == 1 ? NodeRunner.Lease : 0;
            node.Grant = i == 0 ? NodeRunner.Lease + 1 : 0;
            node.Acked = i == 0 ? 0 : PairState.Unknown;
            ref Machine machine = ref world.Machines[i];
            machine.HasRecord = true;
            NodeRunner.Persist(node, ref machine);
            for (int s = 0; s < Trio.Count; s++)
            {
                node.Sentinels[s].Seen = 1;
                world.Sentinels[s] = new SentinelModel { Current = 1, Config = 1, Voted = 1, 
                    Baseline = _options.Variant == BaseVariant.PerSentinel ? 1 : 0,
                };
            }
        }

        return world;
    }

    /// <summary>What is wrong with a world: somebody serves clients with the authority to acknowledge, and lacks what
    /// they were told. Null when nothing is.</summary>
    public static string? Violation(in World world)
    {
        for (int i = 0; i < 2; i++)
        {
            ref readonly PairState node = ref world.Nodes[i];
            bool isAuthority = world.Machines[i].IsUp && node.Serves
                && (!node.IsPaired || (node.IsLinked && world.Connection == i + 1));
            if (isAuthority && (world.Acked & ~world.Machines[i].Log) != 0)
            {
                return $"node {(char)('A' + i)} serves without an acknowledged write";
            }

            if (isAuthority && (world.Read & ~world.Machines[i].Log) != 0)
            {
                return $"node {(char)('A' + i)} serves without a write that was read";
            }
        }

        return null;
    }

    /// <summary>Whether somebody acknowledges writes.</summary>
    public bool IsLive(in World world)
    {
        for (int i = 0; i < 2; i++)
        {
            ref readonly PairState node = ref world.Nodes[i];
            if (world.Machines[i].IsUp && node.Serves && (node.IsPaired
                ? node.IsLinked && world.Connection == i + 1 && world.Nodes[1 - i].IsLinked
                : _options.Alone != AloneAck.Refuse))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All that can come after a world.</summary>
    public void Next(in World world, bool withFaults, List<Successor> next)
    {
        for (int x = 0; x < 2; x++)
        {
            if (world.Machines[x].IsUp)
            {
                OfNode(world, x, next);
            }
            else
            {
                _faults.OfStopped(world, x, next);
            }
        }

        for (int i = 0; i < Trio.Count; i++)
        {
            _sentinels.OfSentinel(world, i, next);
        }

        if (world.Cut != 0)
        {
            World repaired = world;
            repaired.Cut = 0;
            Successor.Add(repaired, ActionKind.Repair, 0, next);
        }

        // Before the first fault leases are always renewed.
        if (world.Faults < _options.Budget)
        {
            World later = world;
            _faults.Pass(ref later);
            Successor.Add(later, ActionKind.Tick, 0, next);
        }

        if (withFaults && world.Faults > 0)
        {
            _faults.OfFaults(world, next);
        }
    }

    private void OfNode(in World world, int x, List<Successor> next)
    {
        int y = 1 - x;
        ref readonly PairState node = ref world.Nodes[x];
        Machine machine = world.Machines[x];
        OfClients(world, x, next);
        if (machine.Disk != machine.Log)
        {
            World after = world;
            after.Machines[x].Disk = machine.Log;
            _runner.Tell(ref after, x, PairInput.Durable(node.Written));
            Successor.Add(after, ActionKind.Sync, x, next);
        }

        if (node.Role == PairRole.Primary && node.Acts)
        {
            if (node.IsPaired)
            {
                _runner.Try(world, x, PairInput.Of(PairInputKind.AloneDue), ActionKind.GoAlone, x, next);
            }
            else if (node.IsLinked)
            {
                _runner.Try(world, x, PairInput.Of(PairInputKind.RejoinDue), ActionKind.Rejoin, x, next);
            }

            if (!Cuts.HearsSentinels(world.Cut, x) && world.Connection == 0)
            {
                _runner.Try(world, x, PairInput.Of(PairInputKind.SilenceDue), ActionKind.Silence, x, next);
            }
        }

        if (node.IsPromoting)
        {
            // The time for an answer may be over at any moment, so whether it was over before does not matter.
            World after = world;
            _runner.Tell(ref after, x, PairInput.Of(PairInputKind.HandshakeDue));
            _runner.Tell(ref after, x, PairInput.Of(PairInputKind.PromotionDue));
            Successor.Add(after, ActionKind.Promote, x, next);
        }

        bool isCut = !Cuts.Reaches(world.Cut, x) || !Cuts.Reaches(world.Cut, y) || !world.Machines[y].IsUp;
        if (node.IsLinked && (world.Connection == 0 || isCut))
        {
            World after = world;
            NodeRunner.Disconnect(ref after);
            _runner.Tell(ref after, x, PairInput.LinkLost());
            Successor.Add(after, ActionKind.LinkLost, x, next);
        }

        OfConnection(world, x, next);
        OfMeeting(world, x, next);
    }

    private void OfClients(in World world, int x, List<Successor> next)
    {
        ref readonly PairState node = ref world.Nodes[x];
        if (!node.Serves)
        {
            return;
        }

        if (world.Writes < _options.Writes)
        {
            World after = world;
            after.Machines[x].Log |= 1 << world.Writes;
            after.Writes++;
            _runner.Tell(ref after, x, PairInput.Written(NodeRunner.Count(after.Machines[x].Log)));
            Successor.Add(after, ActionKind.Write, x, next);
        }

        bool waits = (_options.Rules & PairRules.ReadWaits) != 0;
        int read = NodeRunner.Prefix(world.Machines[x].Log, waits ? node.Committed : node.Written);
        if ((read & ~world.Read) != 0)
        {
            World after = world;
            after.Read |= read;
            Successor.Add(after, ActionKind.Read, x, next);
        }
    }

    // What the primary x and the backup y say to each other over their connection.
    private void OfConnection(in World world, int x, List<Successor> next)
    {
        int y = 1 - x;
        if (world.Connection != x + 1 || !world.Machines[y].IsUp)
        {
            return;
        }

        int log = world.Machines[x].Log;
        if (Cuts.Reaches(world.Cut, x))
        {
            if (world.Machines[y].Log != log)
            {
                World after = world;
                int missing = log & ~world.Machines[y].Log;
                after.Machines[y].Log |= missing & -missing;
                _runner.Tell(ref after, y, PairInput.Received(NodeRunner.Count(after.Machines[y].Log)));
                Successor.Add(after, ActionKind.Replicate, y, next);
            }

            if (world.HandedOverFlies)
            {
                World after = world;
                after.HandedOverFlies = false;
                after.Machines[y].Log = log;
                _runner.Tell(ref after, y, PairInput.Received(NodeRunner.Count(log)));
                _runner.Tell(ref after, y, PairInput.HandedOver(NodeRunner.Count(log)));
                Successor.Add(after, ActionKind.DeliverHandedOver, y, next);
            }

            if (world.EchoFlies)
            {
                World after = world;
                after.EchoFlies = false;
                _runner.Tell(ref after, y, PairInput.Echo(after.Nodes[y].RenewNumber, after.Nodes[x].Epoch));
                Successor.Add(after, ActionKind.DeliverEcho, y, next);
            }
        }

        if (Cuts.Reaches(world.Cut, y))
        {
            OfBackup(world, x, next);
        }
    }

    private void OfBackup(in World world, int x, List<Successor> next)
    {
        int y = 1 - x;
        int has = NodeRunner.Count(world.Machines[y].Log);
        if (_options.HasDelays)
        {
            if (world.AckFlies != 0)
            {
                World after = world;
                after.AckFlies = 0;
                Acknowledge(ref after, x, world.AckFlies - 1);
                Successor.Add(after, ActionKind.DeliverAck, x, next);
            }
            else if (world.Nodes[x].Acked < has)
            {
                World after = world;
                after.AckFlies = has + 1;
                Successor.Add(after, ActionKind.Ack, y, next);
            }

            if (world.RenewFlies != 0)
            {
                World after = world;
                after.RenewFlies = 0;
                _runner.Tell(ref after, x, PairInput.Renew(0, world.RenewFlies - 1, 0));
                Successor.Add(after, ActionKind.DeliverRenew, x, next);
            }
        }
        else if (world.Nodes[x].Acked < has)
        {
            World after = world;
            Acknowledge(ref after, x, has);
            Successor.Add(after, ActionKind.Ack, y, next);
        }

        if (world.PromotingFlies)
        {
            World after = world;
            after.PromotingFlies = false;
            _runner.Tell(ref after, x, PairInput.Promoting());
            Successor.Add(after, ActionKind.DeliverPromoting, x, next);
        }

        if (world.Nodes[y].Role == PairRole.Backup && !world.Nodes[y].IsPromoting && world.RenewFlies == 0
            && !world.EchoFlies)
        {
            Renew(world, y, false, next);
            Renew(world, y, true, next);
        }
    }

    private void Renew(in World world, int y, bool raises, List<Successor> next)
    {
        World after = world;
        bool isFenced = world.Nodes[1 - y].IsSoftFenced;
        _runner.Tell(ref after, y, PairInput.RenewDue(raises));
        if (isFenced && !_options.HasDelays)
        {
            // The second one has seen the answer to the first.
            _runner.Tell(ref after, y, PairInput.RenewDue(false));
        }

        after.Nodes[y].RenewNumber = 0;
        after.Nodes[y].Answered = 0;
        after.Nodes[1 - y].LiftAt = PairState.Unknown;
        Successor.Add(after, raises ? ActionKind.RenewRaising : ActionKind.Renew, y, next);
    }

    private void Acknowledge(ref World world, int x, int position)
    {
        _runner.Tell(ref world, x, PairInput.BackupAcked(position));
        if (_options.Variant == BaseVariant.PerSentinel)
        {
            // The refuted rule: with every word of the backup the primary remembers what it had heard of each Sentinel.
            for (int i = 0; i < Trio.Count; i++)
            {
                world.Sentinels[i].Baseline = (int)world.Nodes[x].Sentinels[i].Seen;
            }
        }
    }

    // x, not connected, gets to the other node, which may be primary or may have something to say.
    private void OfMeeting(in World world, int x, List<Successor> next)
    {
        int y = 1 - x;
        ref readonly PairState node = ref world.Nodes[x];
        bool isOpen = Cuts.Reaches(world.Cut, x) && Cuts.Reaches(world.Cut, y) && world.Machines[y].IsUp;
        if (!isOpen || node.IsLinked)
        {
            return;
        }

        ref readonly PairState other = ref world.Nodes[y];
        if (world.Connection == 0 && other.Role == PairRole.Primary && other.Acts && !other.IsLinked
            && node.Role != PairRole.Primary)
        {
            World after = world;
            Attach(ref after, x);
            Successor.Add(after, ActionKind.Attach, x, next);
        }

        if ((_options.Rules & PairRules.Relinquish) != 0)
        {
            if (node.IsNeverActive && other.Role == PairRole.Fenced)
            {
                World after = world;
                NodeRunner.Disconnect(ref after);
                _runner.Tell(ref after, y, PairInput.NeverActive());
                Successor.Add(after, ActionKind.Meet, y, next);
            }
            else if (node.MayNotDecide && other.Role == PairRole.Backup)
            {
                _runner.Try(world, y, PairInput.GaveUp(), ActionKind.Meet, y, next);
            }
        }
    }

    private void Attach(ref World world, int x)
    {
        int y = 1 - x;
        int log = world.Machines[y].Log;
        ref Machine machine = ref world.Machines[x];
        World before = world;
        bool isPrefix = NodeRunner.Prefix(log, NodeRunner.Count(machine.Log)) == machine.Log;
        int now = isPrefix ? machine.Log : log;
        world.Connection = y + 1;
        _runner.Tell(ref world, x, PairInput.Attached(world.Nodes[y].Epoch, NodeRunner.Count(now)));
        if (world.Connection == 0)
        {
            world = before;
            return;
        }

        machine.Log = now;
        if (!isPrefix || NodeRunner.Prefix(log, NodeRunner.Count(machine.Disk)) != machine.Disk)
        {
            machine.Disk = now;
            world.Nodes[x].Durable = NodeRunner.Count(now);
        }

        _runner.Tell(ref world, y, PairInput.BackupAttached());
    }
}
