using System.Text;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT INFO.</summary>
internal sealed class ClientInfoCommand() : RespCommand(
    new CommandDescriptor("client|info", 2, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Tips = ["nondeterministic_output"],
        Group = "connection",
        Since = "6.2.0",
        Summary = "Returns information about the current client connection.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        string line = ClientLine.Of(call.Client, call.Now);
        call.Output.WriteVerbatim("txt"u8, Encoding.UTF8.GetBytes(line), call.Version);
    }
}
