using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT ID.</summary>
internal sealed class ClientIdCommand() : RespCommand(
    new CommandDescriptor("client|id", 2, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "5.0.0",
        Summary = "Returns the client ID for the current connection",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteInteger(call.Client.Id);
}
