namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>REPLICAOF host port | NO ONE.</summary>
internal sealed class ReplicaOfCommand() : FollowCommand("replicaof", "5.0.0");
