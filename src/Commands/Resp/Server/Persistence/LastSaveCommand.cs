using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>LASTSAVE: when all was on the disk last, which is now when nothing waits for it; the start counts when
/// nothing is kept, as in Redis.</summary>
internal sealed class LastSaveCommand() : RespCommand(
    new CommandDescriptor("lastsave", 1, CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Categories = AclCategories.Admin | AclCategories.Dangerous,
        Tips = ["nondeterministic_output"],
        Group = "server",
        Since = "1.0.0",
        Summary = "Get the UNIX time stamp of the last successful save to disk",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteInteger(
        call.Services.Persistence?.LastSyncTime ?? (call.Services.StartedAt / 1000));
}
