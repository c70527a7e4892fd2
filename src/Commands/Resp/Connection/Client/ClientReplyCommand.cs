using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT REPLY ON | OFF | SKIP.</summary>
internal sealed class ClientReplyCommand() : RespCommand(
    new CommandDescriptor("client|reply", 3, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "3.2.0",
        Summary = "Instruct the server whether to reply to commands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Is(2, "on"u8))
        {
            call.Connection.ReplyOn(call.Output);
            call.Output.WriteOk();
        }
        else if (call.Is(2, "off"u8))
        {
            call.Connection.ReplyOff(call.Output);
        }
        else if (call.Is(2, "skip"u8))
        {
            call.Connection.ReplySkip();
        }
        else
        {
            call.Error(RespErrors.Syntax);
        }
    }
}
