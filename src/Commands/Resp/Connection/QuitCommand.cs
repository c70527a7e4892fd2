using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>QUIT.</summary>
internal sealed class QuitCommand() : RespCommand(
    new CommandDescriptor(
        "quit", -1,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast
        | CommandFlags.NoAuth | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "1.0.0",
        Summary = "Close the connection",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Output.WriteOk();
        call.Client.CloseAfterReply = true;
    }
}
