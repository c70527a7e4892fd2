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
        string name = RespErrors.Preview(call[1]).ToLowerInvariant();
        if (!Arities.TryGetValue(name, out int arity))
        {
            call.Error($"ERR unknown subcommand '{RespErrors.Preview(call[1], 128)}'. Try CLUSTER HELP.");
        }
        else if (arity > 0 ? call.Count != arity : call.Count < -arity)
        {
            call.Error(RespErrors.WrongArity($"cluster|{name}"));
        }
        else
        {
            call.Error(Disabled);
        }
    }

    // Subcommands of redis 7.0 with their arity.
    private static readonly Dictionary<string, int> Arities = new()
    {
        ["addslots"] = -3, ["addslotsrange"] = -4, ["bumpepoch"] = 2, ["count-failure-reports"] = 3,
        ["countkeysinslot"] = 3, ["delslots"] = -3, ["delslotsrange"] = -4, ["failover"] = -2, ["flushslots"] = 2,
        ["forget"] = 3, ["getkeysinslot"] = 4, ["help"] = 2, ["info"] = 2, ["keyslot"] = 3, ["links"] = 2,
        ["meet"] = -4, ["myid"] = 2, ["nodes"] = 2, ["replicas"] = 3, ["replicate"] = 3, ["reset"] = -2,
        ["saveconfig"] = 2, ["set-config-epoch"] = 3, ["setslot"] = -4, ["shards"] = 2, ["slaves"] = 3, ["slots"] = 2,
    };
}
