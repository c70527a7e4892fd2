namespace SessionGateway.Gateway.Connections;

/// <content>A connection whose peer is sent what nobody asked for: a replica.</content>
internal sealed partial class Connection
{
    // With each turn; then others have theirs.
    private const int FeedsPerTurn = 8;

    private IOutputFeed? _feed;

    private bool HasFeed => _feed is not null;

    /// <summary>From now on it sends what a feed gives, behind the answers so far; within its own command.</summary>
    public void BeginFeed(IOutputFeed feed)
    {
        _feed = feed;
        Loop.Enqueue(this);
    }

    /// <summary>The feed has bytes; from any thread.</summary>
    public void WakeFeed() => Loop.Post(new LoopMessage(LoopMessageKind.Feed, this));

    private void TakeFeed()
    {
        if (!IsOpen || _feed is not { } feed)
        {
            return;
        }

        Span<byte> room = Loop.ReceiveBuffer;
        for (int i = 0; i < FeedsPerTurn && IsOpen && _output.IsEmpty; i++)
        {
            int count = feed.Take(room);
            if (count < 0)
            {
                Close();
            }

            if (count <= 0)
            {
                return;
            }

            SendFresh(room[..count]);
        }

        if (IsOpen && _output.IsEmpty)
        {
            Loop.Enqueue(this);
        }
    }
}
