namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>PSYNC id offset: a replica wants the history.</summary>
internal sealed class PSyncCommand() : AttachCommand("psync", -3, "2.8.0")
{
    public override void Execute(in RespCall call)
    {
        if (call.TryInteger(2, out long offset))
        {
            Attach(call, call[1], offset);
        }
    }
}
