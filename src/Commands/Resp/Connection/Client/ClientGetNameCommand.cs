using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT GETNAME.</summary>
internal sealed class ClientGetNameCommand() : RespCommand(
    new CommandDescriptor("client|getname", 2, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "2.6.9",
        Summary = "Get the current connection name",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Client.Name.Length == 0)
        {
            call.WriteNull();
        }
        else
        {
            call.Output.WriteBulk(call.Client.Name);
        }
    }
}
