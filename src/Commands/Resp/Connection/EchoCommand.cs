using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>ECHO message.</summary>
internal sealed class EchoCommand() : RespCommand(
    new CommandDescriptor("echo", 2, CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "1.0.0",
        Summary = "Echo the given string",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteBulk(call[1]);
}
