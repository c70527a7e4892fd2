using System.Text;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT LIST [TYPE type | ID id [id ...] | option value [option value ...]].</summary>
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
        var filter = new ClientFilter();
        bool skipsSelf = false;
        if (!TryFilter(call, filter, ref skipsSelf))
        {
            return;
        }

        call.Context.Spend(WorkUnits.Report + call.Services.Connections.Count);
        var text = new StringBuilder();
        foreach (ClientConnection client in call.Services.Connections.Snapshot())
        {
            if (filter.Matches(client) && !(skipsSelf && client == call.Client))
            {
                text.Append(ClientLine.Of(client, call.Now));
            }
        }

        call.Output.WriteVerbatim("txt"u8, Encoding.UTF8.GetBytes(text.ToString()), call.Version);
    }

    // Redis 7.0 knows the first two forms, and what it says of them stays.
    private static bool TryFilter(in RespCall call, ClientFilter filter, ref bool skipsSelf)
    {
        if (call.Count == 4 && call.Is(2, "type"u8))
        {
            return filter.TrySetType(call, 3);
        }

        if (call.Count > 3 && call.Is(2, "id"u8))
        {
            HashSet<long> ids = [];
            for (int i = 3; i < call.Count; i++)
            {
                if (RespNumbers.TryInt64(call[i], out long id))
                {
                    ids.Add(id);
                }
                else if (i > 3 && i + 1 < call.Count)
                {
                    return filter.TryOptions(call, ref skipsSelf);
                }
                else
                {
                    call.Error("-ERR Invalid client ID\r\n"u8);
                    return false;
                }
            }

            filter.SetIds(ids);
            return true;
        }

        return filter.TryOptions(call, ref skipsSelf);
    }
}
