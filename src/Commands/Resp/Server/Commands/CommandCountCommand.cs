using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>COMMAND COUNT.</summary>
internal sealed class CommandCountCommand() : RespCommand(
    new CommandDescriptor("command|count", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "server",
        Since = "2.8.13",
        Summary = "Get total number of Redis commands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteInteger(CommandTable.All.Commands.Count);
}
