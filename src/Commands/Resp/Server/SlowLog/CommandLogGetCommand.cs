using SessionGateway.Commands.Resp.Watching;

namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>COMMANDLOG GET count type.</summary>
internal sealed class CommandLogGetCommand() : RespCommand(
    new CommandDescriptor(
        "commandlog|get", 4, CommandFlags.Admin | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "8.1.0",
        Summary = "Return the specified command log entries",
        Complexity = "O(N) where N is the number of entries",
    })
{
    public override void Execute(in RespCall call)
    {
        if (CommandLogWriter.TryCount(call, 2, out long count)
            && CommandLogCommand.TryLog(call, 3, out CommandLog? log))
        {
            CommandLogWriter.Write(call, log, count);
        }
    }
}
