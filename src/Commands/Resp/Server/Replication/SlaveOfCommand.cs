namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>SLAVEOF: the old name, which Sentinel uses.</summary>
internal sealed class SlaveOfCommand() : FollowCommand("slaveof", "1.0.0");
