using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT CAPA capability [capability ...] (valkey 8): what the client understands. Nothing here depends on
/// it, and
/// unknown capabilities are no errors.</summary>
internal sealed class ClientCapaCommand() : RespCommand(
    new CommandDescriptor(
        "client|capa", -3, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "8.0.0",
        Summary = "A client claims its capability.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteOk();
}
