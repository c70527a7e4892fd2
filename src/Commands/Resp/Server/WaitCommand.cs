using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>WAIT numreplicas timeout: there are none to wait for.</summary>
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
        if (!call.TryInteger(1, out _))
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
        else
        {
            call.Output.WriteInteger(0);
        }
    }
}
