using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT NO-TOUCH ON | OFF (redis 7.2): reads of strings are no accesses.</summary>
internal sealed class ClientNoTouchCommand() : RespCommand(
    new CommandDescriptor(
        "client|no-touch", 3, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "7.2.0",
        Summary = "Controls whether commands sent by the client affect the LRU/LFU of accessed keys.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        bool isOn = call.Is(2, "on"u8);
        if (isOn || call.Is(2, "off"u8))
        {
            call.Client.TouchesNothing = isOn;
            call.Output.WriteOk();
        }
        else
        {
            call.Error(RespErrors.Syntax);
        }
    }
}
