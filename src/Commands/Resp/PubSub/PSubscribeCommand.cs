namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>PSUBSCRIBE pattern [pattern ...].</summary>
internal sealed class PSubscribeCommand() : RespCommand(
    new CommandDescriptor(
        "psubscribe", -2,
        CommandFlags.PubSub | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "2.0.0",
        Summary = "Listen for messages published to channels matching the given patterns",
        Complexity = "O(N) where N is the number of patterns the client is already subscribed to.",
    })
{
    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call) => Subscriptions.Subscribe(call, TopicKind.Pattern);
}
