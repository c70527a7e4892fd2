using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Configuration;

/// <summary>CONFIG REWRITE.</summary>
internal sealed class ConfigRewriteCommand() : RespCommand(
    new CommandDescriptor(
        "config|rewrite", 2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "2.8.0",
        Summary = "Rewrite the configuration file with the in memory configuration",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Services.Pair is not { } pair)
        {
            call.Error("-ERR The server is running without a config file\r\n"u8);
        }
        else if (pair.MayOperate(call.Client))
        {
            // What Sentinel wants kept, role and primary, is in the state file since SLAVEOF.
            call.Output.WriteOk();
        }
        else
        {
            call.Error(RespErrors.NoPermission(Name));
        }
    }
}
