using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Replication;

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
        ReplicationFigures? figures = call.Services.Replication?.Figures();
        if (figures?.Primary is { } primary)
        {
            call.Output.WriteArray(5);
            call.Output.WriteBulk("slave"u8);
            call.Output.WriteBulk(primary.Host);
            call.Output.WriteInteger(primary.Port);
            call.Output.WriteBulk(primary.State);
            call.Output.WriteInteger(primary.State == "connected" ? primary.AppliedOffset : -1);
            return;
        }

        call.Output.WriteArray(3);
        call.Output.WriteBulk("master"u8);
        call.Output.WriteInteger(figures?.Offset ?? 0);
        ReplicaFigures[] online = [.. (figures?.Replicas ?? []).Where(replica => replica.State == "online")];
        call.Output.WriteArray(online.Length);
        foreach (ReplicaFigures replica in online)
        {
            call.Output.WriteArray(3);
            call.Output.WriteBulk(replica.Address);
            call.Output.WriteBulkNumber(replica.Port);
            call.Output.WriteBulkNumber(replica.Offset);
        }
    }
}
