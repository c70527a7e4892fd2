using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT UNPAUSE.</summary>
internal sealed class ClientUnpauseCommand() : RespCommand(
    new CommandDescriptor(
        "client|unpause", 2, CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "6.2.0",
        Summary = "Resume processing of clients that were paused",
        Complexity = "O(N) Where N is the number of paused clients",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Services.Resp.Pause.End();
        call.Output.WriteOk();
    }
}
