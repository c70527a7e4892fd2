using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>WATCH key [key ...]: EXEC does nothing when one of them changed.</summary>
internal sealed class WatchCommand() : RespCommand(
    new CommandDescriptor(
        "watch", -2,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale
        | CommandFlags.Fast | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Transaction,
        Keys = [new KeySpec(KeyAccess.RO, 1, -1)],
        Group = "transactions",
        Since = "2.2.0",
        Summary = "Watch the given keys to determine execution of the MULTI/EXEC block",
        Complexity = "O(1) for every key.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Connection.IsInTransaction)
        {
            call.Error("-ERR WATCH inside MULTI is not allowed\r\n"u8);
            return;
        }

        Transaction transaction = call.Connection.Transaction ??= new Transaction();
        for (int i = 1; i < call.Count; i++)
        {
            if (!transaction.TryWatch(call, i))
            {
                return;
            }
        }

        call.Output.WriteOk();
    }
}
