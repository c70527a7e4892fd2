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
        var filter = new ClientFilter();
        bool skipsSelf = call.Count > 3;
        if (call.Count == 3)
        {
            filter.SetAddress(RespErrors.Preview(call[2]));
        }
        else if (!filter.TryOptions(call, ref skipsSelf))
        {
            return;
        }

        int killed = 0;
        foreach (ClientConnection client in call.Services.Connections.Snapshot())
        {
            if (!filter.Matches(client) || (skipsSelf && client == call.Client))
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
}
