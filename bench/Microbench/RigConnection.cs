using SessionGateway.Commands;

namespace SessionGateway.Bench.Microbench;

/// <summary>A client that is not there.</summary>
internal sealed class RigConnection : ClientConnection
{
    public override string RemoteAddress => "";

    public override string LocalAddress => "";

    public override void Wake(int token)
    {
    }

    public override bool TryUnblock(bool withError) => false;

    public override long DeadlineAfter(long milliseconds) => milliseconds;

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
