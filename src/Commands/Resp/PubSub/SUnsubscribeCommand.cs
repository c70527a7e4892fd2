namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>SUNSUBSCRIBE [shardchannel ...].</summary>
internal sealed class SUnsubscribeCommand() : RespCommand(
    new CommandDescriptor(
        "sunsubscribe", -1,
        CommandFlags.PubSub | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Keys = [new KeySpec(KeyAccess.NotKey, 1, -1)],
        Group = "pubsub",
        Since = "7.0.0",
        Summary = "Stop listening for messages posted to the given shard channels",
        Complexity = "O(N) where N is the number of clients already subscribed to a shard channel.",
    })
{
    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call) => Subscriptions.Unsubscribe(call, TopicKind.Shard);
}
