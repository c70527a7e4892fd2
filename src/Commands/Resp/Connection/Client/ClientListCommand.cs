using System.Text;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT LIST [TYPE type | ID id [id ...]].</summary>
internal sealed class ClientListCommand() : RespCommand(
    new CommandDescriptor(
        "client|list", -2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Tips = ["nondeterministic_output"],
        Group = "connection",
        Since = "2.4.0",
        Summary = "Get the list of client connections",
        Complexity = "O(N) where N is the number of client connections",
    })
{
    public override void Execute(in RespCall call)
    {
        ClientFilter filter = default;
        HashSet<long>? ids = null;
        if (call.Count == 4 && call.Is(2, "type"u8))
        {
            if (!filter.TrySetType(call, call[3]))
            {
                return;
            }
        }
        else if (call.Count > 3 && call.Is(2, "id"u8))
        {
            if (!TryIds(call, out ids))
            {
                return;
            }
        }
        else if (call.Count != 2)
        {
            call.Error(RespErrors.Syntax);
            return;
        }

        call.Context.Spend(WorkUnits.Report + call.Services.Connections.Count);
        var text = new StringBuilder();
        foreach (ClientConnection client in call.Services.Connections.Snapshot())
        {
            if (filter.Matches(client, call.Now) && (ids is null || ids.Contains(client.Id)))
            {
                text.Append(ClientLine.Of(client, call.Now));
            }
        }

        call.Output.WriteVerbatim("txt"u8, Encoding.UTF8.GetBytes(text.ToString()), call.Version);
    }

    private static bool TryIds(in RespCall call, out HashSet<long>? ids)
    {
        ids = [];
        for (int i = 3; i < call.Count; i++)
        {
            if (!RespNumbers.TryInt64(call[i], out long id))
            {
                call.Error("-ERR Invalid client ID\r\n"u8);
                return false;
            }

            ids.Add(id);
        }

        return true;
    }
}
