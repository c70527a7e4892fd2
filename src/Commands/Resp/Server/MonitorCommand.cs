using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>MONITOR: from now on the connection is sent every command that is executed, until RESET or its
/// end.</summary>
internal sealed class MonitorCommand() : RespCommand(
    new CommandDescriptor(
        "monitor", 1,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "1.0.0",
        Summary = "Listen for all requests received by the server in real time",
        Complexity = "",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Context.IsAtomicStep)
        {
            call.Error("-ERR MONITOR isn't allowed for DENY BLOCKING client\r\n"u8);
        }
        else if (call.Connection.Monitor is null)
        {
            Monitors.Join(call);
            call.Output.WriteOk();
        }

        // As Redis, who is one already gets no answer.
    }
}
