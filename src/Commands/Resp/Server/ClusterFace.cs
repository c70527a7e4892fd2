using System.Text;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>Primary and replicas as a cluster of one shard, in the forms of redis 7 (cluster.c): who asks for the slots
/// of a cluster finds the primary, and is sent there by MOVED when it is another one.</summary>
internal static class ClusterFace
{
    private const int LastSlot = HashSlot.Count - 1;

    // The bus of a real cluster, which there is none of here.
    private const int BusDistance = 10_000;

    /// <summary>Answers a subcommand.</summary>
    /// <returns>False when it is none of those that a client asks.</returns>
    public static bool TryAnswer(in RespCall call, string subcommand)
    {
        switch (subcommand)
        {
            case "cluster|keyslot":
                call.Output.WriteInteger(HashSlot.Of(call[2]));
                return true;
            case "cluster|myid":
                call.Output.WriteBulk(ClusterNode.All(call).First(node => node.IsSelf).Id);
                return true;
            case "cluster|info":
                WriteInfo(call);
                return true;
            case "cluster|nodes":
                WriteNodes(call);
                return true;
            case "cluster|slots":
                WriteSlots(call);
                return true;
            case "cluster|shards":
                WriteShards(call);
                return true;
            case "cluster|links":
                call.Output.WriteArray(0);
                return true;
            default:
                return false;
        }
    }

    private static void WriteInfo(in RespCall call)
    {
        IReadOnlyList<ClusterNode> nodes = ClusterNode.All(call);
        bool isUp = nodes[0].IsPrimary;
        int slots = isUp ? HashSlot.Count : 0;
        string text = $"cluster_state:{(isUp ? "ok" : "fail")}\r\ncluster_slots_assigned:{slots}\r\n"
            + $"cluster_slots_ok:{slots}\r\ncluster_slots_pfail:0\r\ncluster_slots_fail:0\r\n"
            + $"cluster_known_nodes:{nodes.Count}\r\ncluster_size:{(isUp ? 1 : 0)}\r\n"
            + "cluster_current_epoch:1\r\ncluster_my_epoch:1\r\ncluster_stats_messages_sent:0\r\n"
            + "cluster_stats_messages_received:0\r\ntotal_cluster_links_buffer_limit_exceeded:0\r\n";
        call.Output.WriteVerbatim("txt"u8, Encoding.ASCII.GetBytes(text), call.Version);
    }

    // id ip:port@bus flags primary ping pong epoch link slots
    private static void WriteNodes(in RespCall call)
    {
        IReadOnlyList<ClusterNode> nodes = ClusterNode.All(call);
        var text = new StringBuilder();
        foreach (ClusterNode node in nodes)
        {
            string self = node.IsSelf ? "myself," : "";
            string role = node.IsPrimary ? "master -" : $"slave {(nodes[0].IsPrimary ? nodes[0].Id : "-")}";
            text.Append($"{node.Id} {node.Host}:{node.Port}@{node.Port + BusDistance} {self}{role} 0 0 1 connected")
                .Append(node.IsPrimary ? $" 0-{LastSlot}\n" : "\n");
        }

        call.Output.WriteVerbatim("txt"u8, Encoding.ASCII.GetBytes(text.ToString()), call.Version);
    }

    private static void WriteSlots(in RespCall call)
    {
        IReadOnlyList<ClusterNode> nodes = ClusterNode.All(call);
        if (!nodes[0].IsPrimary)
        {
            call.Output.WriteArray(0);
            return;
        }

        call.Output.WriteArray(1);
        call.Output.WriteArray(2 + nodes.Count);
        call.Output.WriteInteger(0);
        call.Output.WriteInteger(LastSlot);
        foreach (ClusterNode node in nodes)
        {
            call.Output.WriteArray(4);
            call.Output.WriteBulk(node.Host);
            call.Output.WriteInteger(node.Port);
            call.Output.WriteBulk(node.Id);
            call.Output.WriteArray(0);
        }
    }

    private static void WriteShards(in RespCall call)
    {
        IReadOnlyList<ClusterNode> nodes = ClusterNode.All(call);
        call.Output.WriteArray(1);
        call.Output.WriteMap(2, call.Version);
        call.Output.WriteBulk("slots"u8);
        call.Output.WriteArray(nodes[0].IsPrimary ? 2 : 0);
        if (nodes[0].IsPrimary)
        {
            call.Output.WriteInteger(0);
            call.Output.WriteInteger(LastSlot);
        }

        call.Output.WriteBulk("nodes"u8);
        call.Output.WriteArray(nodes.Count);
        foreach (ClusterNode node in nodes)
        {
            call.Output.WriteMap(7, call.Version);
            call.Output.WriteBulk("id"u8);
            call.Output.WriteBulk(node.Id);
            call.Output.WriteBulk("port"u8);
            call.Output.WriteInteger(node.Port);
            call.Output.WriteBulk("ip"u8);
            call.Output.WriteBulk(node.Host);
            call.Output.WriteBulk("endpoint"u8);
            call.Output.WriteBulk(node.Host);
            call.Output.WriteBulk("role"u8);
            call.Output.WriteBulk(node.IsPrimary ? "master"u8 : "replica"u8);
            call.Output.WriteBulk("replication-offset"u8);
            call.Output.WriteInteger(node.Offset);
            call.Output.WriteBulk("health"u8);
            call.Output.WriteBulk("online"u8);
        }
    }
}
