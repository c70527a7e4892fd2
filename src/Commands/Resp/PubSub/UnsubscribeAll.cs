namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>UNSUBSCRIBE and PUNSUBSCRIBE without names: one answer for each subscription that there is.</summary>
internal sealed class UnsubscribeAll(Subscriptions own, TopicKind kind) : PausedRequest
{
    private readonly byte[][] _names = [.. own.Names(kind)];
    private int _next;

    public override bool GoOn(in RespCall call)
    {
        do
        {
            Subscriptions.RemoveOne(call, _names[_next++], kind);
            call.Context.Spend(1);
            if (_next == _names.Length)
            {
                return true;
            }
        }
        while (!call.Context.ShouldPause());
        return false;
    }
}
