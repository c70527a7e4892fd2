using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>SLOWLOG LEN.</summary>
internal sealed class SlowLogLenCommand() : RespCommand(
    new CommandDescriptor("slowlog|len", 2, CommandFlags.Admin | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output"],
        Group = "server",
        Since = "2.2.12",
        Summary = "Get the slow log's length",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => 
        call.Output.WriteInteger(call.Services.Resp.Watch.Slow.Length);
}
