using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>COMMANDLOG LEN type.</summary>
internal sealed class CommandLogLenCommand() : RespCommand(
    new CommandDescriptor(
        "commandlog|len", 3, CommandFlags.Admin | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "8.1.0",
        Summary = "Return the number of entries in the specified type of command log",
        Complexity = "O(N) where N is the number of entries",
    })
{
    public override void Execute(in RespCall call)
    {
        if (CommandLogCommand.TryLog(call, 2, out CommandLog? log))
        {
            call.Output.WriteInteger(log.Length);
        }
    }
}
