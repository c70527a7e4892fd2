namespace SessionGateway.Commands.Resp.Server;

/// <summary>CLUSTER: this is one node without slots.</summary>
internal sealed class ClusterCommand() : RespCommand(
    new CommandDescriptor("cluster", -2, CommandFlags.None)
    {
        Group = "cluster",
        Since = "3.0.0",
        Summary = "A container for cluster commands",
        Complexity = "Depends on subcommand.",
    })
{
    public static ReadOnlySpan<byte> Disabled => "-ERR This instance has cluster support disabled\r\n"u8;

    public override void Execute(in RespCall call)
    {
        foreach (string name in Names)
        {
            if (RespErrors.Preview(call[1]).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                call.Error(Disabled);
                return;
            }
        }

        call.Error($"ERR unknown subcommand '{RespErrors.Preview(call[1], 128)}'. Try CLUSTER HELP.");
    }

    private static readonly string[] Names =
    [
        "addslots", "addslotsrange", "bumpepoch", "count-failure-reports", "countkeysinslot", "delslots",
        "delslotsrange", "failover", "flushslots", "forget", "getkeysinslot", "info", "keyslot", "links", "meet",
        "myid", "nodes", "replicas", "replicate", "reset", "saveconfig", "set-config-epoch", "setslot", "shards",
        "slaves", "slots",
    ];
}
