using SessionGateway.Commands.Resp.Server.Info;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Configuration;

/// <summary>CONFIG RESETSTAT.</summary>
internal sealed class ConfigResetStatCommand() : RespCommand(
    new CommandDescriptor(
        "config|resetstat", 2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "2.0.0",
        Summary = "Reset the stats returned by INFO",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        RespServices shared = call.Services.Resp;
        shared.StatsBase = StatsSnapshot.Take(call);
        shared.FiguresBase = CommandTotals.Take(call.Services.Stats, CommandTotals.Zero);
        shared.Errors.Clear();
        call.Output.WriteOk();
    }
}
