namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>SLOWLOG GET [count].</summary>
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
    private const int DefaultCount = 10;

    public override void Execute(in RespCall call)
    {
        if (call.Count > 3)
        {
            call.Error($"ERR unknown subcommand or wrong number of arguments for '{RespErrors.Preview(call[1], 128)}'. "
                + "Try SLOWLOG HELP.");
        }
        else if (call.Count == 2)
        {
            CommandLogWriter.Write(call, call.Services.Resp.Watch.Slow, DefaultCount);
        }
        else if (CommandLogWriter.TryCount(call, 2, out long count))
        {
            CommandLogWriter.Write(call, call.Services.Resp.Watch.Slow, count);
        }
    }
}
