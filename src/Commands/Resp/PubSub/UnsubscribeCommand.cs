namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>UNSUBSCRIBE [channel ...].</summary>
internal sealed class UnsubscribeCommand() : RespCommand(
    new CommandDescriptor(
        "unsubscribe", -1,
        CommandFlags.PubSub | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "2.0.0",
        Summary = "Stop listening for messages posted to the given channels",
        Complexity = "O(N) where N is the number of clients already subscribed to a channel.",
    })
{
    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call) => Subscriptions.Unsubscribe(call, TopicKind.Channel);
}
