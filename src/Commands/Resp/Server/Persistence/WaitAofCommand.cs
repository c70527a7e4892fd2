using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>WAITAOF numlocal numreplicas timeout: waits until everything that was written before is on the disk. It is
/// brought there at once, whatever the policy. There are no replicas.</summary>
internal sealed class WaitAofCommand() : RespCommand(
    new CommandDescriptor("waitaof", 4, CommandFlags.Blocking)
    {
        Categories = AclCategories.Connection,
        Tips = ["request_policy:all_shards", "response_policy:agg_min"],
        Group = "generic",
        Since = "7.2.0",
        Summary =
            "Wait for all write commands sent in the context of the current connection to be synced to AOF of local "
            + "host and/or replicas",
        Complexity = "O(1)",
    })
{
    // replication.c, waitaofCommand
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(1, out long local))
        {
            return;
        }

        if (local is < 0 or > 1)
        {
            call.Error("-ERR value is out of range, value must between 0 and 1\r\n"u8);
        }
        else if (!RespNumbers.TryInt64(call[2], out long replicas) || replicas < 0)
        {
            call.Error("-ERR value is out of range, must be positive\r\n"u8);
        }
        else if (!RespNumbers.TryInt64(call[3], out long timeout))
        {
            call.Error("-ERR timeout is not an integer or out of range\r\n"u8);
        }
        else if (timeout < 0)
        {
            call.Error("-ERR timeout is negative\r\n"u8);
        }
        else if (local > 0 && call.Services.Persistence is null)
        {
            call.Error("-ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.\r\n"u8);
        }
        else
        {
            Wait(call, local, replicas, timeout);
        }
    }

    private static void Wait(in RespCall call, long local, long replicas, long timeout)
    {
        long position = call.Store.Mutations.Position;
        IPersistence? log = call.Services.Persistence;
        bool isSynced = log is not null && log.SyncedPosition >= position;
        if (log is null || call.Context.IsAtomicStep || (replicas == 0 && (isSynced || local == 0)))
        {
            WaitAofRequest.Write(call, isSynced);
            return;
        }

        log.WantSync();
        call.Connection.Run(new WaitAofRequest(log, position, local > 0, replicas, timeout), call);
    }
}
