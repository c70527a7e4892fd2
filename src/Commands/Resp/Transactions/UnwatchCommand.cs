using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>UNWATCH.</summary>
internal sealed class UnwatchCommand() : RespCommand(
    new CommandDescriptor(
        "unwatch", 1,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale
        | CommandFlags.Fast | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Transaction,
        Group = "transactions",
        Since = "2.2.0",
        Summary = "Forget about all watched keys",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Connection.Transaction?.Unwatch(call.Context);
        call.Output.WriteOk();
    }
}
