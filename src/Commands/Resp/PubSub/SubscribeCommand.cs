namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>SUBSCRIBE channel [channel ...].</summary>
internal sealed class SubscribeCommand() : RespCommand(
    new CommandDescriptor(
        "subscribe", -2,
        CommandFlags.PubSub | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "2.0.0",
        Summary = "Listen for messages published to the given channels",
        Complexity = "O(N) where N is the number of channels to subscribe to.",
    })
{
    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call) => Subscriptions.Subscribe(call, TopicKind.Channel);
}
