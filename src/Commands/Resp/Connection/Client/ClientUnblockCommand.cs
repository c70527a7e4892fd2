using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT UNBLOCK client-id [TIMEOUT | ERROR]: a request that waits gives up.</summary>
internal sealed class ClientUnblockCommand() : RespCommand(
    new CommandDescriptor(
        "client|unblock", -3,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "5.0.0",
        Summary = "Unblock a client blocked in a blocking command from a different connection",
        Complexity = "O(N) where N is the number of client connections",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count > 4)
        {
            call.Error($"ERR unknown subcommand or wrong number of arguments for '{RespErrors.Preview(call[1], 128)}'. "
                + "Try CLIENT HELP.");
            return;
        }

        bool withError = call.Count == 4 && call.Is(3, "error"u8);
        if (call.Count == 4 && !withError && !call.Is(3, "timeout"u8))
        {
            call.Error("-ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR\r\n"u8);
            return;
        }

        if (call.TryInteger(2, out long id))
        {
            call.Output.WriteInteger(Unblocks(call, id, withError) ? 1 : 0);
        }
    }

    private static bool Unblocks(in RespCall call, long id, bool withError)
    {
        foreach (ClientConnection client in call.Services.Connections.Snapshot())
        {
            if (client.Id == id)
            {
                return client.TryUnblock(withError);
            }
        }

        return false;
    }
}
