using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT NO-EVICT ON | OFF: connections are never evicted here.</summary>
internal sealed class ClientNoEvictCommand() : RespCommand(
    new CommandDescriptor(
        "client|no-evict", 3,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "7.0.0",
        Summary = "Set client eviction mode for the current connection",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Is(2, "on"u8) || call.Is(2, "off"u8))
        {
            call.Output.WriteOk();
        }
        else
        {
            call.Error(RespErrors.Syntax);
        }
    }
}
