using System.Numerics;
using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>
/// Worlds in bits. What cannot matter any more is left out, so that worlds which differ in nothing else are one; and
/// the Sentinels are sorted, as none of them is special.
/// </summary>
internal static class WorldCodec
{
    public static Packed Pack(in World world)
    {
        var bits = new BitWriter();
        bits.Put(world.Connection, 2);
        bits.Put(world.Cut, 6);
        bits.Put(world.Faults, 2);
        bits.Put(world.Writes, 2);
        bits.Put(world.Acked, 2);
        bits.Put(world.Read, 2);
        bits.Put(world.PromotingFlies);
        bits.Put(world.HandedOverFlies);
        bits.Put(world.RenewFlies, 3);
        bits.Put(world.EchoFlies);
        bits.Put(world.AckFlies, 2);
        for (int i = 0; i < 2; i++)
        {
            PackMachine(ref bits, world.Machines[i]);
            PackNode(ref bits, world.Nodes[i]);
        }

        long first = SentinelBits(world, 0);
        long second = SentinelBits(world, 1);
        long third = SentinelBits(world, 2);
        if (first > second)
        {
            (first, second) = (second, first);
        }

        if (second > third)
        {
            (second, third) = (third, second);
        }

        if (first > second)
        {
            (first, second) = (second, first);
        }

        bits.Put(first, SentinelWidth);
        bits.Put(second, SentinelWidth);
        bits.Put(third, SentinelWidth);
        return bits.End();
    }

    public static void Unpack(Packed packed, out World world)
    {
        world = default;
        var bits = new BitReader(packed);
        world.Connection = bits.Take(2);
        world.Cut = bits.Take(6);
        world.Faults = bits.Take(2);
        world.Writes = bits.Take(2);
        world.Acked = bits.Take(2);
        world.Read = bits.Take(2);
        world.PromotingFlies = bits.TakeBool();
        world.HandedOverFlies = bits.TakeBool();
        world.RenewFlies = bits.Take(3);
        world.EchoFlies = bits.TakeBool();
        world.AckFlies = bits.Take(2);
        for (int i = 0; i < 2; i++)
        {
            UnpackMachine(ref bits, ref world.Machines[i]);
            UnpackNode(ref bits, ref world.Nodes[i]);
            world.Nodes[i].Written = BitOperations.PopCount((uint)world.Machines[i].Log);
            world.Nodes[i].Durable = BitOperations.PopCount((uint)world.Machines[i].Disk);
        }

        for (int i = 0; i < Trio.Count; i++)
        {
            UnpackSentinel(bits.Take(SentinelWidth), ref world, i);
        }
    }

    private const int SentinelWidth = 29;

    private static void PackMachine(ref BitWriter bits, in Machine machine)
    {
        bits.Put((int)machine.Status, 2);
        bits.Put(machine.Log, 2);
        bits.Put(machine.Disk, 2);
        bits.Put(machine.HasRecord);
        bits.Put((int)machine.RecordRole, 2);
        bits.Put(machine.RecordIsPaired);
        bits.Put(machine.RecordEpoch, 2);
        bits.Put(machine.Lag, 2);
    }

    private static void UnpackMachine(ref BitReader bits, ref Machine machine)
    {
        machine.Status = (MachineStatus)bits.Take(2);
        machine.Log = bits.Take(2);
        machine.Disk = bits.Take(2);
        machine.HasRecord = bits.TakeBool();
        machine.RecordRole = (PairRole)bits.Take(2);
        machine.RecordIsPaired = bits.TakeBool();
        machine.RecordEpoch = bits.Take(2);
        machine.Lag = bits.Take(2);
    }

    private static void PackNode(ref BitWriter bits, in PairState node)
    {
        bits.Put((int)node.Role, 2);
        bits.Put(node.Acts);
        bits.Put(node.IsPaired);
        bits.Put(node.HasData);
        bits.Put(node.WasPrimary);
        bits.Put(node.IsTold);
        bits.Put(node.IsSoftFenced);
        bits.Put(node.IsPromoting);
        bits.Put(node.HasHandedOver);
        bits.Put(node.HasPeerGivenUp);
        bits.Put(node.IsIntact);
        bits.Put(node.IsLinked);
        bits.Put(node.IsRejoining);
        bits.Put(node.Epoch, 2);
        bool hasBase = node.Role == PairRole.Backup || (node.Acts && node.IsPaired) || node.HasHandedOver;
        bits.Put(hasBase ? node.Base + 1 : 0, 3);
        bits.Put(node.Lease, 2);
        bits.Put(node.Grant, 2);
        bits.Put(node.Acts || node.HasHandedOver ? node.Committed : 0, 2);
        bits.Put(node.Acked + 1, 2);
        bits.Put(Math.Min(node.RenewAge, 3) + 1, 3);
    }

    private static void UnpackNode(ref BitReader bits, ref PairState node)
    {
        node.Role = (PairRole)bits.Take(2);
        node.Acts = bits.TakeBool();
        node.IsPaired = bits.TakeBool();
        node.HasData = bits.TakeBool();
        node.WasPrimary = bits.TakeBool();
        node.IsTold = bits.TakeBool();
        node.IsSoftFenced = bits.TakeBool();
        node.IsPromoting = bits.TakeBool();
        node.HasHandedOver = bits.TakeBool();
        node.HasPeerGivenUp = bits.TakeBool();
        node.IsIntact = bits.TakeBool();
        node.IsLinked = bits.TakeBool();
        node.IsRejoining = bits.TakeBool();
        node.Epoch = bits.Take(2);
        node.Base = bits.Take(3) - 1;
        node.Lease = bits.Take(2);
        node.Grant = bits.Take(2);
        node.Committed = bits.Take(2);
        node.Acked = bits.Take(2) - 1;
        node.RenewAge = bits.Take(3) - 1;
        node.LiftAt = PairState.Unknown;
    }

    private static long SentinelBits(in World world, int i)
    {
        SentinelModel s = world.Sentinels[i];
        long bits = (long)s.Current | ((long)s.Config << 2) | ((long)s.Primary << 4)
            | (s.Voted == s.Current ? 1L << 5 : 0) | ((long)s.Phase << 7)
            | ((long)s.Votes << 9) | ((long)s.Attempt << 11)
            | ((long)s.Baseline << 27);
        for (int n = 0; n < 2; n++)
        {
            SentinelView view = world.Nodes[n].Sentinels[i];
            ref readonly PairState node = ref world.Nodes[n];
            long heard = (node.Role == PairRole.Backup ? view.Seen : 0)
                | (node.Acts && view.HasConfirmed ? 4L : 0);
            if (!node.HasData)
            {
                // Whom it names matters only to a node without data.
                heard |= (view.Config << 3) | ((long)view.Named << 5);
            }

            bits |= heard << (13 + (7 * n));
        }

        return bits;
    }

    private static void UnpackSentinel(int bits, ref World world, int i)
    {
        ref SentinelModel s = ref world.Sentinels[i];
        s.Current = bits & 3;
        s.Config = bits >> 2 & 3;
        s.Primary = bits >> 4 & 1;
        // Whether it has voted in its current epoch is all that matters: no vote is asked for in an older one.
        s.Voted = s.Current - (1 - (bits >> 5 & 1));
        s.Phase = (SentinelPhase)(bits >> 7 & 3);
        s.Votes = bits >> 9 & 3;
        s.Attempt = bits >> 11 & 3;
        s.Baseline = bits >> 27 & 3;
        for (int n = 0; n < 2; n++)
        {
            int heard = bits >> (13 + (7 * n)) & 127;
            ref SentinelView view = ref world.Nodes[n].Sentinels[i];
            view.Seen = heard & 3;
            view.HasConfirmed = (heard & 4) != 0;
            view.Config = heard >> 3 & 3;
            view.Named = (PairName)(heard >> 5 & 3);
        }
    }
}
