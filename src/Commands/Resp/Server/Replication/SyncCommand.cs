namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>SYNC: as PSYNC of who knows nothing, without the line before the copy.</summary>
internal sealed class SyncCommand() : AttachCommand("sync", 1, "1.0.0")
{
    public override void Execute(in RespCall call) => Attach(call, default, offset: 0);
}
