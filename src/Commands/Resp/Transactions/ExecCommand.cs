using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>EXEC: runs the queue as one step for every other client.</summary>
internal sealed class ExecCommand() : RespCommand(
    new CommandDescriptor(
        "exec", 1,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale | CommandFlags.SkipSlowlog)
    {
        Categories = AclCategories.Transaction,
        Group = "transactions",
        Since = "1.2.0",
        Summary = "Execute all commands issued after MULTI",
        Complexity = "Depends on commands in the transaction",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.Connection.IsInTransaction)
        {
            call.Error("-ERR EXEC without MULTI\r\n"u8);
            return;
        }

        Transaction transaction = call.Connection.Transaction!;
        if (transaction.IsSpoiled)
        {
            Transaction.End(call);
            call.Error("-EXECABORT Transaction discarded because of previous errors.\r\n"u8);
            return;
        }

        transaction.Run(call);
        Transaction.End(call);
    }
}
