using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT PAUSE timeout [WRITE | ALL].</summary>
internal sealed class ClientPauseCommand() : RespCommand(
    new CommandDescriptor(
        "client|pause", -3,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "2.9.50",
        Summary = "Stop processing commands from clients for some time",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count > 4)
        {
            call.Error($"ERR unknown subcommand or wrong number of arguments for '{RespErrors.Preview(call[1])}'."
                + " Try CLIENT HELP.");
            return;
        }

        PauseMode mode = call.Count == 3 || call.Is(3, "all"u8) ? PauseMode.All
            : call.Is(3, "write"u8) ? PauseMode.Writes : PauseMode.None;
        if (mode == PauseMode.None)
        {
            call.Error("-ERR CLIENT PAUSE mode must be WRITE or ALL\r\n"u8);
            return;
        }

        if (!RespNumbers.TryInt64(call[2], out long milliseconds))
        {
            call.Error("-ERR timeout is not an integer or out of range\r\n"u8);
        }
        else if (milliseconds < 0)
        {
            call.Error("-ERR timeout is negative\r\n"u8);
        }
        else
        {
            // What lies beyond all times is over at once, as in Redis.
            call.Services.Resp.Pause.Begin(mode, unchecked(call.Now + milliseconds), call.Now);
            call.Output.WriteOk();
        }
    }
}
