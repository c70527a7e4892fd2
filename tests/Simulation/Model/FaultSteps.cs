using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>Time, faults and their ends.</summary>
internal sealed class FaultSteps(ModelOptions options, NodeRunner runner)
{
    // What clocks that do not stop show after a freeze.
    private const long Stopped = 9;

    private readonly ModelOptions _options = options;
    private readonly NodeRunner _runner = runner;

    public void OfStopped(in World world, int x, List<Successor> next)
    {
        World after = world;
        Machine machine = world.Machines[x];
        if (machine.Status == MachineStatus.Down)
        {
            after.Machines[x].Status = MachineStatus.Up;
            after.Machines[x].Log = machine.Disk;
            PairRecord? record = machine.HasRecord
                ? new PairRecord(machine.RecordRole, machine.RecordIsPaired, machine.RecordEpoch, "", "", "", "", 0, 0)
                : null;
            _runner.Tell(ref after, x, PairInput.Start(record, NodeRunner.Count(machine.Disk), true));
            Successor.Add(after, ActionKind.Restart, x, next);
            return;
        }

        after.Machines[x].Status = MachineStatus.Up;
        after.Machines[x].Lag = 0;
        long monotonic = machine.Status == MachineStatus.Suspended ? 0 : machine.Lag;
        _runner.Tell(ref after, x, PairInput.Tick(monotonic, Stopped, Stopped));
        Successor.Add(after, ActionKind.Thaw, x, next);
    }

    public void Pass(ref World world)
    {
        for (int x = 0; x < 2; x++)
        {
            ref Machine machine = ref world.Machines[x];
            if (machine.IsUp)
            {
                _runner.Tell(ref world, x, PairInput.Tick(1, 1, 1));
            }
            else if (machine.Status == MachineStatus.Frozen)
            {
                machine.Lag = Math.Min(machine.Lag + 1, 3);
            }
        }
    }

    public void OfFaults(in World world, List<Successor> next)
    {
        World fault = world;
        fault.Faults--;
        World after;
        if ((_options.Faults & Faults.Cut) != 0 && world.Cut == 0)
        {
            for (int cut = 1; cut < _options.Cuts; cut++)
            {
                after = fault;
                after.Cut = cut;
                Successor.Add(after, ActionKind.FaultCut, cut, next);
            }
        }

        for (int x = 0; x < 2; x++)
        {
            if (world.Machines[x].IsUp)
            {
                Stop(fault, x, Faults.Freeze, MachineStatus.Frozen, ActionKind.FaultFreeze, next);
                Stop(fault, x, Faults.Suspend, MachineStatus.Suspended, ActionKind.FaultSuspend, next);
            }

            if (world.Machines[x].Status != MachineStatus.Down)
            {
                if ((_options.Faults & Faults.Crash) != 0)
                {
                    after = fault;
                    Crash(ref after, x, false);
                    Successor.Add(after, ActionKind.FaultCrash, x, next);
                }

                if ((_options.Faults & Faults.DiskLoss) != 0)
                {
                    after = fault;
                    Crash(ref after, x, true);
                    Successor.Add(after, ActionKind.FaultCrashEmpty, x, next);
                }
            }
        }

        if ((_options.Faults & Faults.Forced) != 0)
        {
            for (int i = 0; i < Trio.Count; i++)
            {
                if (world.Sentinels[i].Phase == SentinelPhase.Watching && world.Sentinels[i].Current < _options.Epochs)
                {
                    after = fault;
                    ref SentinelModel leader = ref after.Sentinels[i];
                    leader.Current++;
                    leader.Attempt = leader.Current;
                    leader.Phase = SentinelPhase.Leader;
                    Successor.Add(after, ActionKind.FaultForced, i, next);
                }
            }
        }
    }

    private void Stop(in World fault, int x, Faults kind, MachineStatus status, ActionKind action, List<Successor> next)
    {
        if ((_options.Faults & kind) != 0)
        {
            World after = fault;
            after.Machines[x].Status = status;
            Successor.Add(after, action, x, next);
        }
    }

    private static void Crash(ref World world, int x, bool losesDisk)
    {
        ref Machine machine = ref world.Machines[x];
        machine.Status = MachineStatus.Down;
        machine.Log = 0;
        machine.Lag = 0;
        NodeRunner.Disconnect(ref world);
        // What it knew is gone; the state of a process that is not there is that of a new one.
        PairState gone = default;
        gone.Base = PairState.Unknown;
        gone.Acked = PairState.Unknown;
        gone.RenewAge = PairState.Unknown;
        gone.LiftAt = PairState.Unknown;
        world.Nodes[x] = gone;
        if (losesDisk)
        {
            machine = new Machine { Status = MachineStatus.Down };
        }
    }
}
