namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>Watches that end one after the other: who watches no longer does not care when.</summary>
internal sealed class WatchesLeftover(Dictionary<byte[], WatchedKey> watched, long bytes) : Leftover
{
    private Dictionary<byte[], WatchedKey>.Enumerator _rest = watched.GetEnumerator();

    public override long HeldBytes => bytes;

    internal override bool GoOn(CommandContext context, int steps)
    {
        for (; steps > 0; steps--)
        {
            if (!_rest.MoveNext())
            {
                return true;
            }

            WatchedKey.End(_rest.Current.Key, context.Store, context.Now);
        }

        return false;
    }
}
