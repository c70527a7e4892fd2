using SessionGateway.Commands;

namespace SessionGateway.Bench.Microbench;

/// <summary>A client that is not there.</summary>
internal sealed class RigConnection : ClientConnection
{
    public override string RemoteAddress => "";

    public override string LocalAddress => "";

    public override void Release()
    {
    }

    public override void Push(PushSource source, PushedMessage message)
    {
    }

    public override void TakePushes()
    {
    }

    public override void Kill()
    {
    }
}
