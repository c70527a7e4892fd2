using SessionGateway.Protocols.Resp;

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
        if (!RespNumbers.TryInt64(call[2], out long count) || count < -1)
        {
            call.Error("-ERR count should be greater than or equal to -1\r\n"u8);
        }
        else if (CommandLogCommand.TryType(call, 3))
        {
            call.Output.WriteArray(0);
        }
    }
}
