using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub.Introspection;

/// <summary>PUBSUB SHARDNUMSUB [shardchannel ...].</summary>
internal sealed class PubSubShardNumSubCommand() : RespCommand(
    new CommandDescriptor("pubsub|shardnumsub", -2, CommandFlags.PubSub | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "7.0.0",
        Summary = "Get the count of subscribers for shard channels",
        Complexity = "O(N) for the SHARDNUMSUB subcommand, where N is the number of requested shard channels",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Output.WriteArray((call.Count - 2) * 2);
        for (int i = 2; i < call.Count; i++)
        {
            call.Output.WriteBulk(call[i]);
            call.Output.WriteInteger(call.Services.Resp.PubSub.CountListeners(call[i], TopicKind.Shard));
        }
    }
}
