using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>DISCARD: forgets the queue and what is watched.</summary>
internal sealed class DiscardCommand() : RespCommand(
    new CommandDescriptor(
        "discard", 1,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale
        | CommandFlags.Fast | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Transaction,
        Group = "transactions",
        Since = "2.0.0",
        Summary = "Discard all commands issued after MULTI",
        Complexity = "O(N), when N is the number of queued commands",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.Connection.IsInTransaction)
        {
            call.Error("-ERR DISCARD without MULTI\r\n"u8);
            return;
        }

        Transaction.End(call);
        call.Output.WriteOk();
    }
}
