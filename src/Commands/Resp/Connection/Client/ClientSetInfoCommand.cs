using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT SETINFO LIB-NAME name | LIB-VER version (of Redis 7.2).</summary>
internal sealed class ClientSetInfoCommand() : RespCommand(
    new CommandDescriptor("client|setinfo", 4, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Tips = ["request_policy:all_nodes", "response_policy:all_succeeded"],
        Group = "connection",
        Since = "7.2.0",
        Summary = "Set client or connection specific info",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        bool isName = call.Is(2, "lib-name"u8);
        if (!isName && !call.Is(2, "lib-ver"u8))
        {
            call.Error($"ERR Unrecognized option '{RespErrors.Preview(call[2])}'");
            return;
        }

        if (!ClientNames.IsValid(call[3]))
        {
            call.Error($"ERR {RespErrors.Preview(call[2])} cannot contain spaces, newlines or special characters.");
            return;
        }

        if (!ClientNames.FitsOrRefuse(call, call[3]))
        {
            return;
        }

        string value = ClientNames.Text(call[3]);
        if (isName)
        {
            call.Client.LibraryName = value;
        }
        else
        {
            call.Client.LibraryVersion = value;
        }

        call.Output.WriteOk();
    }
}
