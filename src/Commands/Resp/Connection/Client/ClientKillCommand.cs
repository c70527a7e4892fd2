using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT KILL address | option value [option value ...].</summary>
internal sealed class ClientKillCommand() : RespCommand(
    new CommandDescriptor(
        "client|kill", -3,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "2.4.0",
        Summary = "Kill the connection of a client",
        Complexity = "O(N) where N is the number of client connections",
    })
{
    public override void Execute(in RespCall call)
    {
        ClientFilter filter = default;
        bool skipsSelf = call.Count > 3;
        if (call.Count == 3)
        {
            filter.Address = RespErrors.Preview(call[2]);
        }
        else if (!TryOptions(call, ref filter, ref skipsSelf))
        {
            return;
        }

        int killed = 0;
        foreach (ClientConnection client in call.Services.Connections.Snapshot())
        {
            if (!filter.Matches(client, call.Now) || (skipsSelf && client == call.Client))
            {
                continue;
            }

            killed++;
            if (client == call.Client)
            {
                client.CloseAfterReply = true;
            }
            else
            {
                client.Kill();
            }
        }

        if (call.Count > 3)
        {
            call.Output.WriteInteger(killed);
        }
        else if (killed > 0)
        {
            call.Output.WriteOk();
        }
        else
        {
            call.Error("-ERR No such client\r\n"u8);
        }
    }

    private static bool TryOptions(in RespCall call, ref ClientFilter filter, ref bool skipsSelf)
    {
        for (int i = 2; i < call.Count; i++)
        {
            if (i + 1 == call.Count)
            {
                call.Error(RespErrors.Syntax);
                return false;
            }

            if (call.Is(i, "skipme"u8) && (call.Is(i + 1, "yes"u8) || call.Is(i + 1, "no"u8)))
            {
                skipsSelf = call.Is(++i, "yes"u8);
            }
            else if (!filter.TrySet(call, ref i))
            {
                return false;
            }
        }

        return true;
    }
}
