namespace SessionGateway.Commands.Resp.Server;

/// <summary>CLUSTER: this is one node without slots.</summary>
internal sealed class ClusterCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("cluster", -2, CommandFlags.None)
    {
        Group = "cluster",
        Since = "3.0.0",
        Summary = "A container for cluster commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public static ReadOnlySpan<byte> Disabled => "-ERR This instance has cluster support disabled\r\n"u8;

    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
