using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>LOLWUT [VERSION version]: the line that Redis has when it knows no picture.</summary>
internal sealed class LolwutCommand() : RespCommand(
    new CommandDescriptor("lolwut", -1, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Group = "server",
        Since = "5.0.0",
        Summary = "Display some computer art and the Redis version",
        Complexity = "",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count > 2 && call.Is(1, "version"u8) && !call.TryInteger(2, out _))
        {
            return;
        }

        call.Output.WriteVerbatim(
            "txt"u8,
            System.Text.Encoding.ASCII.GetBytes($"Redis ver. {call.Services.Resp.RedisVersion}\n"),
            call.Version);
    }
}
