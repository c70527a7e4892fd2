using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT SETNAME name.</summary>
internal sealed class ClientSetNameCommand() : RespCommand(
    new CommandDescriptor("client|setname", 3, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "2.6.9",
        Summary = "Set the current connection name",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (ClientNames.TrySet(call, call[2]))
        {
            call.Output.WriteOk();
        }
    }
}
