using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>MULTI: the commands up to EXEC are queued.</summary>
internal sealed class MultiCommand() : RespCommand(
    new CommandDescriptor(
        "multi", 1,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale
        | CommandFlags.Fast | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Transaction,
        Group = "transactions",
        Since = "1.2.0",
        Summary = "Mark the start of a transaction block",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Connection.IsInTransaction)
        {
            call.Error("-ERR MULTI calls can not be nested\r\n"u8);
            return;
        }

        call.Connection.Transaction ??= new Transaction();
        call.Connection.IsInTransaction = true;
        call.Client.QueuedCommands = 0;
        call.Output.WriteOk();
    }
}
