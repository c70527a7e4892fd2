using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>WAIT numreplicas timeout: until so many replicas have all that was written before.</summary>
internal sealed class WaitCommand() : RespCommand(
    new CommandDescriptor("wait", 3, CommandFlags.NoScript)
    {
        Categories = AclCategories.Connection,
        Tips = ["request_policy:all_shards", "response_policy:agg_min"],
        Group = "generic",
        Since = "3.0.0",
        Summary =
            "Wait for the synchronous replication of all the write commands sent in the context of the current "
            + "connection",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(1, out long replicas))
        {
            return;
        }

        if (!RespNumbers.TryInt64(call[2], out long timeout))
        {
            call.Error("-ERR timeout is not an integer or out of range\r\n"u8);
        }
        else if (timeout < 0)
        {
            call.Error("-ERR timeout is negative\r\n"u8);
        }
        else if (call.Services.Replication is not { } replication)
        {
            call.Output.WriteInteger(0);
        }
        else if (replication.IsReplica)
        {
            call.Error("ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if a "
                + "replica is configured to be writable (which is not the default) writes to replicas are just local "
                + "and are not propagated.");
        }
        else
        {
            Wait(call, replication, replicas, timeout);
        }
    }

    private static void Wait(in RespCall call, IReplication replication, long replicas, long timeout)
    {
        HistoryMark mark = replication.Mark;
        int reached = replication.CountReached(mark);
        if (reached >= replicas || call.Context.IsAtomicStep)
        {
            call.Output.WriteInteger(reached);
            return;
        }

        replication.AskReplicas();
        call.Connection.Run(new WaitRequest(replication, mark, replicas, timeout), call);
    }
}
