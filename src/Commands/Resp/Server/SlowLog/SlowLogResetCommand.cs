using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>SLOWLOG RESET.</summary>
internal sealed class SlowLogResetCommand() : RespCommand(
    new CommandDescriptor("slowlog|reset", 2, CommandFlags.Admin | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["request_policy:all_nodes", "response_policy:all_succeeded"],
        Group = "server",
        Since = "2.2.12",
        Summary = "Clear all entries from the slow log",
        Complexity = "O(N) where N is the number of entries in the slowlog",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Services.Resp.Watch.Slow.Clear();
        call.Output.WriteOk();
    }
}
