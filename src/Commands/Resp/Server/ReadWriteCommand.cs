namespace SessionGateway.Commands.Resp.Server;

/// <summary>READWRITE.</summary>
internal sealed class ReadWriteCommand() : RespCommand(
    new CommandDescriptor("readwrite", 1, CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Categories = AclCategories.Connection,
        Group = "cluster",
        Since = "3.0.0",
        Summary = "Disables read queries for a connection to a cluster replica node",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Error(ClusterCommand.Disabled);
}
