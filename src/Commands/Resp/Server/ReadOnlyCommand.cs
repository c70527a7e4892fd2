namespace SessionGateway.Commands.Resp.Server;

/// <summary>READONLY.</summary>
internal sealed class ReadOnlyCommand() : RespCommand(
    new CommandDescriptor("readonly", 1, CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Categories = AclCategories.Connection,
        Group = "cluster",
        Since = "3.0.0",
        Summary = "Enables read queries for a connection to a cluster replica node",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Error(ClusterCommand.Disabled);
}
