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
    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call)
    {
        if (call.Connection.IsInTransaction)
        {
            call.Error("-ERR WATCH inside MULTI is not allowed\r\n"u8);
            return;
        }

        call.Connection.Transaction ??= new Transaction();
        ArgumentWalk.Run(call, WatchOne);
    }

    private static bool WatchOne(in RespCall call, int index)
    {
        if (!call.Connection.Transaction!.TryWatch(call, index))
        {
            return false;
        }

        if (index == call.Count - 1)
        {
            call.Output.WriteOk();
        }

        return true;
    }
}
