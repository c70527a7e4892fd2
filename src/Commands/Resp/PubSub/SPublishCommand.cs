using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>SPUBLISH shardchannel message: the number of receivers.</summary>
internal sealed class SPublishCommand() : RespCommand(
    new CommandDescriptor(
        "spublish", 3,
        CommandFlags.PubSub | CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Keys = [new KeySpec(KeyAccess.NotKey, 1)],
        Group = "pubsub",
        Since = "7.0.0",
        Summary = "Post a message to a shard channel",
        Complexity = "O(N) where N is the number of clients subscribed to the receiving shard channel.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!Subscriptions.FitsOrRefuse(call, call[1], TopicKind.Shard))
        {
            return;
        }

        int receivers = call.Services.Resp.PubSub.PublishToShard(call[1], call[2]);
        call.Context.Spend(receivers / WorkUnits.KeysPerUnit);
        call.TakePushes();
        call.Output.WriteInteger(receivers);
    }
}
