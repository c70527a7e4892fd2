using SessionGateway.Protocols.Resp;

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
    // As Valkey has it without a cluster, where a client asks so of a replica that would redirect it.
    public override void Execute(in RespCall call)
    {
        if (call.Services.Backup is { HasClusterFace: false, Mode: not (BackupMode.Redirect or BackupMode.Moved) })
        {
            call.Error(ClusterCommand.Disabled);
            return;
        }

        call.Client.TakesOldItems = true;
        call.Output.WriteOk();
    }
}
