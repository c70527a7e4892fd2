namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>Topics learn one after the other that a connection is gone. It is sent nothing any more.</summary>
internal sealed class SubscriptionsLeftover(Subscriptions ended, long bytes) : Leftover
{
    private readonly IEnumerator<Subscription> _rest = ended.All.GetEnumerator();

    public override long HeldBytes => bytes;

    internal override bool GoOn(CommandContext context, int steps)
    {
        for (; steps > 0; steps--)
        {
            if (!_rest.MoveNext())
            {
                return true;
            }

            context.Services.Resp.PubSub.Remove(_rest.Current);
        }

        return false;
    }
}
