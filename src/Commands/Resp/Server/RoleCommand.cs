using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>ROLE.</summary>
internal sealed class RoleCommand() : RespCommand(
    new CommandDescriptor(
        "role", 1,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Categories = AclCategories.Admin | AclCategories.Dangerous,
        Group = "server",
        Since = "2.8.12",
        Summary = "Return the role of the instance in the context of replication",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Output.WriteArray(3);
        call.Output.WriteBulk("master"u8);
        call.Output.WriteInteger(0);
        call.Output.WriteArray(0);
    }
}
