namespace SessionGateway.Commands.Resp.PubSub.Introspection;

/// <summary>PUBSUB SHARDCHANNELS [pattern].</summary>
internal sealed class PubSubShardChannelsCommand() : RespCommand(
    new CommandDescriptor("pubsub|shardchannels", -2, CommandFlags.PubSub | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "7.0.0",
        Summary = "List active shard channels",
        Complexity =
            "O(N) where N is the number of active shard channels, and assuming constant time pattern "
            + "matching (relatively short shard channels).",
    })
{
    public override void Execute(in RespCall call) => PubSubChannelsCommand.Answer(call, TopicKind.Shard);
}
