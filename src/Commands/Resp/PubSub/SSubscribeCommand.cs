namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>SSUBSCRIBE shardchannel [shardchannel ...].</summary>
internal sealed class SSubscribeCommand() : RespCommand(
    new CommandDescriptor(
        "ssubscribe", -2,
        CommandFlags.PubSub | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Keys = [new KeySpec(KeyAccess.NotKey, 1, -1)],
        Group = "pubsub",
        Since = "7.0.0",
        Summary = "Listen for messages published to the given shard channels",
        Complexity = "O(N) where N is the number of shard channels to subscribe to.",
    })
{
    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call) => Subscriptions.Subscribe(call, TopicKind.Shard);
}
