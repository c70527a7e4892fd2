using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>TIME: Unix seconds, microseconds.</summary>
internal sealed class TimeCommand() : RespCommand(
    new CommandDescriptor("time", 1, CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Tips = ["nondeterministic_output"],
        Group = "server",
        Since = "2.6.0",
        Summary = "Return the current server time",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        long ticks = (call.Services.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        call.Output.WriteArray(2);
        call.Output.WriteBulkNumber(ticks / TimeSpan.TicksPerSecond);
        call.Output.WriteBulkNumber(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
    }
}
