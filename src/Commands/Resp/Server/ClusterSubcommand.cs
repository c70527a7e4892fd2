namespace SessionGateway.Commands.Resp.Server;

/// <summary>What is asked of CLUSTER: each is known. Those of clients are answered with <c>--cluster-face</c>, and none
/// changes anything.</summary>
internal sealed class ClusterSubcommand(
    string name, int arity, CommandFlags flags, string since, string summary, string complexity, params string[] tips)
    : RespCommand(new CommandDescriptor($"cluster|{name}", arity, flags)
    {
        Tips = tips,
        Group = "cluster",
        Since = since,
        Summary = summary,
        Complexity = complexity,
    })
{
    private const CommandFlags Changing = CommandFlags.Admin | CommandFlags.Stale | CommandFlags.NoAsyncLoading;

    /// <summary>Those of redis-server 7.0.15.</summary>
    public static ClusterSubcommand[] All() =>
    [
        new("addslots", -3, Changing, "3.0.0", "Assign new hash slots to receiving node",
            "O(N) where N is the total number of hash slot arguments"),
        new("addslotsrange", -4, Changing, "7.0.0", "Assign new hash slots to receiving node",
            "O(N) where N is the total number of the slots between the start slot and end slot arguments."),
        new("bumpepoch", 2, Changing, "3.0.0", "Advance the cluster config epoch", "O(1)", "nondeterministic_output"),
        new("count-failure-reports", 3, CommandFlags.Admin | CommandFlags.Stale, "3.0.0",
            "Return the number of failure reports active for a given node",
            "O(N) where N is the number of failure reports", "nondeterministic_output"),
        new("countkeysinslot", 3, CommandFlags.Stale, "3.0.0",
            "Return the number of local keys in the specified hash slot", "O(1)"),
        new("delslots", -3, Changing, "3.0.0", "Set hash slots as unbound in receiving node",
            "O(N) where N is the total number of hash slot arguments"),
        new("delslotsrange", -4, Changing, "7.0.0", "Set hash slots as unbound in receiving node",
            "O(N) where N is the total number of the slots between the start slot and end slot arguments."),
        new("failover", -2, Changing, "3.0.0", "Forces a replica to perform a manual failover of its master.",
            "O(1)"),
        new("flushslots", 2, Changing, "3.0.0", "Delete a node's own slots information", "O(1)"),
        new("forget", 3, Changing, "3.0.0", "Remove a node from the nodes table", "O(1)"),
        new("getkeysinslot", 4, CommandFlags.Stale, "3.0.0", "Return local key names in the specified hash slot",
            "O(log(N)) where N is the number of requested keys", "nondeterministic_output"),
        new("help", 2, CommandFlags.Loading | CommandFlags.Stale, "5.0.0",
            "Show helpful text about the different subcommands", "O(1)"),
        new("info", 2, CommandFlags.Stale, "3.0.0", "Provides info about Redis Cluster node state", "O(1)",
            "nondeterministic_output"),
        new("keyslot", 3, CommandFlags.Stale, "3.0.0", "Returns the hash slot of the specified key",
            "O(N) where N is the number of bytes in the key"),
        new("links", 2, CommandFlags.Stale, "7.0.0",
            "Returns a list of all TCP links to and from peer nodes in cluster",
            "O(N) where N is the total number of Cluster nodes", "nondeterministic_output"),
        new("meet", -4, Changing, "3.0.0", "Force a node cluster to handshake with another node", "O(1)"),
        new("myid", 2, CommandFlags.Stale, "3.0.0", "Return the node id", "O(1)"),
        new("nodes", 2, CommandFlags.Stale, "3.0.0", "Get Cluster config for the node",
            "O(N) where N is the total number of Cluster nodes", "nondeterministic_output"),
        new("replicas", 3, CommandFlags.Admin | CommandFlags.Stale, "5.0.0",
            "List replica nodes of the specified master node", "O(1)", "nondeterministic_output"),
        new("replicate", 3, Changing, "3.0.0", "Reconfigure a node as a replica of the specified master node",
            "O(1)"),
        new("reset", -2, CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Stale, "3.0.0",
            "Reset a Redis Cluster node",
            "O(N) where N is the number of known nodes. The command may execute a FLUSHALL as a side effect."),
        new("saveconfig", 2, Changing, "3.0.0", "Forces the node to save cluster state on disk", "O(1)"),
        new("set-config-epoch", 3, Changing, "3.0.0", "Set the configuration epoch in a new node", "O(1)"),
        new("setslot", -4, Changing, "3.0.0", "Bind a hash slot to a specific node", "O(1)"),
        new("shards", 2, CommandFlags.Stale, "7.0.0", "Get array of cluster slots to node mappings",
            "O(N) where N is the total number of cluster nodes", "nondeterministic_output"),
        new("slaves", 3, CommandFlags.Admin | CommandFlags.Stale, "3.0.0",
            "List replica nodes of the specified master node", "O(1)", "nondeterministic_output"),
        new("slots", 2, CommandFlags.Stale, "3.0.0", "Get array of Cluster slot to node mappings",
            "O(N) where N is the total number of Cluster nodes", "nondeterministic_output"),
    ];

    public override ulong ShardsToLock(in RespCall call) => 0;

    public override void Execute(in RespCall call)
    {
        if (!call.Services.Backup.HasClusterFace)
        {
            call.Error(ClusterCommand.Disabled);
        }
        else if (!ClusterFace.TryAnswer(call, Name))
        {
            call.Error("-ERR this is a cluster of one shard, whose nodes are those of its replication\r\n"u8);
        }
    }
}
