namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>UNSUBSCRIBE and PUNSUBSCRIBE without names: one answer for each subscription that there is.</summary>
internal sealed class UnsubscribeAll(Subscriptions own, TopicKind kind) : PausedRequest
{
    // Removing leaves an enumerator as it is, and nothing is added while the request is paused.
    private readonly IEnumerator<Subscription> _rest = own.Table(kind).All().GetEnumerator();

    public override bool GoOn(in RespCall call)
    {
        while (_rest.MoveNext())
        {
            Subscriptions.RemoveOne(call, _rest.Current.Name, kind);
            call.Context.Spend(1);
            if (call.Context.ShouldPause())
            {
                return false;
            }
        }

        return true;
    }

    public override void Release()
    {
        _rest.Dispose();
        own.Table(kind).Shrink();
    }
}
