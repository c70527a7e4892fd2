using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>SLOWLOG GET [count]: nothing, while the log is off.</summary>
internal sealed class SlowLogGetCommand() : RespCommand(
    new CommandDescriptor("slowlog|get", -2, CommandFlags.Admin | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["request_policy:all_nodes", "nondeterministic_output"],
        Group = "server",
        Since = "2.2.12",
        Summary = "Get the slow log's entries",
        Complexity = "O(N) where N is the number of entries returned",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count > 3)
        {
            call.Error($"ERR unknown subcommand or wrong number of arguments for '{RespErrors.Preview(call[1], 128)}'. "
                + "Try SLOWLOG HELP.");
        }
        else if (call.Count == 3 && (!RespNumbers.TryInt64(call[2], out long count) || count < -1))
        {
            call.Error("-ERR count should be greater than or equal to -1\r\n"u8);
        }
        else
        {
            call.Output.WriteArray(0);
        }
    }
}
