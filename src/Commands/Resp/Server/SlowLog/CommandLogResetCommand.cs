using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>COMMANDLOG RESET type.</summary>
internal sealed class CommandLogResetCommand() : RespCommand(
    new CommandDescriptor(
        "commandlog|reset", 3, CommandFlags.Admin | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "8.1.0",
        Summary = "Clear all entries from the specified type of command log",
        Complexity = "O(N) where N is the number of entries",
    })
{
    public override void Execute(in RespCall call)
    {
        if (CommandLogCommand.TryLog(call, 2, out CommandLog? log))
        {
            log.Clear();
            call.Output.WriteOk();
        }
    }
}
