using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>WAITAOF numlocal numreplicas timeout: waits until everything that was written before is on the disk, where
/// it is brought at once, whatever the policy, and on those of replicas.</summary>
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
        else if (call.Services.Replication is { IsReplica: true })
        {
            call.Error("-ERR WAITAOF cannot be used with replica instances. Please also note that writes to replicas "u8
                + "are just local and are not propagated.\r\n"u8);
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
        IPersistence? log = call.Services.Persistence;
        IReplication? replication = call.Services.Replication;
        var wait = new SyncedWait(
            log, replication, call.Store.Mutations.Position, replication?.Mark ?? default, local, replicas);
        RequestWaiters? waiters = log?.Waiters ?? replication?.Waiters;
        if (waiters is null || call.Context.IsAtomicStep || wait.IsReached)
        {
            wait.Write(call);
            return;
        }

        log?.WantSync();
        if (replicas > 0)
        {
            replication?.AskReplicas();
        }

        call.Connection.Run(
            new WaitAofRequest(wait, waiters, log is null ? null : replication?.Waiters, timeout), call);
    }
}
