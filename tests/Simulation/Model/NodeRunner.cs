using System.Numerics;
using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>Tells the nodes of a world something, and does what they want done.</summary>
internal sealed class NodeRunner
{
    /// <summary>Length of a lease, in ticks.</summary>
    public const long Lease = 2;

    private readonly ModelOptions _options;
    private readonly PairNode _node;
    private readonly List<PairOutput>[] _outputs = [.. Enumerable.Range(0, 8).Select(_ => new List<PairOutput>())];
    private readonly bool _remembers;
    private int _depth;

    public NodeRunner(ModelOptions options)
    {
        _options = options;
        _remembers = (options.Rules & PairRules.Relinquish) != 0;
        _node = new PairNode(new PairSettings
        {
            Sentinels = Trio.Count, Lease = Lease, Margin = 1, Gap = 5, DownAfter = long.MaxValue,
            Handshake = long.MaxValue, RenewEvery = long.MaxValue, RaiseAfter = long.MaxValue, Alone = options.Alone,
        }, options.Rules);
    }

    public void Try(in World world, int x, in PairInput input, ActionKind kind, int argument, List<Successor> next)
    {
        World after = world;
        Tell(ref after, x, input);
        Successor.Add(after, kind, argument, next);
    }

    public void Tell(ref World world, int x, in PairInput input)
    {
        List<PairOutput> outputs = _outputs[_depth++];
        outputs.Clear();
        _node.Tell(ref world.Nodes[x], input, outputs);
        foreach (PairOutput output in outputs)
        {
            Do(ref world, x, output);
        }

        world.Nodes[x].IsIntact &= _remembers;
        world.Nodes[x].Round = 0;
        world.Nodes[x].SinceAck = 0;
        world.Nodes[x].SinceRenew = 0;
        world.Nodes[x].SinceSeen = 0;
        world.Nodes[x].SincePromoting = 0;
        _depth--;
    }

    private void Do(ref World world, int x, in PairOutput output)
    {
        int y = 1 - x;
        ref Machine machine = ref world.Machines[x];
        bool isConnected = world.Connection != 0 && world.Nodes[x].IsLinked;
        bool getsThrough = isConnected && Cuts.Reaches(world.Cut, x) && world.Machines[y].IsUp;
        switch (output.Kind)
        {
            case PairOutputKind.SyncLog:
                machine.Disk = machine.Log;
                break;
            case PairOutputKind.Persist:
                machine.HasRecord = true;
                Persist(world.Nodes[x], ref machine);
                break;
            case PairOutputKind.Release:
                world.Acked |= Prefix(machine.Log, output.A);
                break;
            case PairOutputKind.CloseLink:
                Disconnect(ref world);
                break;
            case PairOutputKind.SendPromoting:
                world.PromotingFlies = isConnected;
                break;
            case PairOutputKind.SendHandedOver:
                world.HandedOverFlies = isConnected;
                break;
            case PairOutputKind.SendRenew when _options.HasDelays:
                world.RenewFlies = isConnected ? (int)output.B + 1 : 0;
                world.EchoFlies = false;
                break;
            case PairOutputKind.SendEcho when _options.HasDelays:
                world.EchoFlies = isConnected;
                break;
            case PairOutputKind.SendRenew when getsThrough:
                Tell(ref world, y, PairInput.Renew(output.A, output.B, output.C));
                break;
            case PairOutputKind.SendEcho when getsThrough:
                Tell(ref world, y, PairInput.Echo(output.A, output.B));
                break;
        }
    }

    public static void Persist(in PairState node, ref Machine machine)
    {
        machine.RecordRole = node.Role;
        machine.RecordIsPaired = node.IsPaired;
        machine.RecordEpoch = (int)node.Epoch;
    }

    public static void Disconnect(ref World world)
    {
        world.Connection = 0;
        world.PromotingFlies = false;
        world.HandedOverFlies = false;
        world.RenewFlies = 0;
        world.EchoFlies = false;
        world.AckFlies = 0;
    }

    public static int Count(int log) => BitOperations.PopCount((uint)log);

    // The first so many writes of a log.
    public static int Prefix(int log, long count)
    {
        int prefix = 0;
        for (; count > 0 && log != 0; count--)
        {
            int lowest = log & -log;
            prefix |= lowest;
            log &= ~lowest;
        }

        return count > 0 ? -1 : prefix;
    }
}
