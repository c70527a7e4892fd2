namespace SessionGateway.Commands.Resp.Server;

/// <summary>SHUTDOWN [NOSAVE | SAVE] [NOW] [FORCE] [ABORT].</summary>
internal sealed class ShutdownCommand() : RespCommand(
    new CommandDescriptor(
        "shutdown", -1,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale
        | CommandFlags.NoMulti | CommandFlags.AllowBusy)
    {
        Group = "server",
        Since = "1.0.0",
        Summary = "Stop the gateway",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        bool aborts = false;
        bool saves = false;
        bool savesNot = false;
        for (int i = 1; i < call.Count; i++)
        {
            savesNot |= call.Is(i, "nosave"u8);
            saves |= call.Is(i, "save"u8);
            aborts |= call.Is(i, "abort"u8);
            if (!call.Is(i, "nosave"u8) && !call.Is(i, "save"u8) && !call.Is(i, "abort"u8)
                && !call.Is(i, "now"u8) && !call.Is(i, "force"u8))
            {
                call.Error(RespErrors.Syntax);
                return;
            }
        }

        if ((aborts && call.Count > 2) || (saves && savesNot))
        {
            call.Error(RespErrors.Syntax);
        }
        else if (aborts)
        {
            call.Error("-ERR No shutdown in progress.\r\n"u8);
        }
        else if (saves && call.Services.Persistence is null or { IsDegraded: true })
        {
            call.Error("-ERR Errors trying to SHUTDOWN. Check logs.\r\n"u8);
        }
        else
        {
            // No answer: the connection just ends.
            call.Client.CloseAfterReply = true;
            call.Services.RequestStop();
        }
    }
}
