using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub.Introspection;

/// <summary>PUBSUB NUMSUB [channel ...].</summary>
internal sealed class PubSubNumSubCommand() : RespCommand(
    new CommandDescriptor("pubsub|numsub", -2, CommandFlags.PubSub | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "2.8.0",
        Summary = "Get the count of subscribers for channels",
        Complexity = "O(N) for the NUMSUB subcommand, where N is the number of requested channels",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Output.WriteArray((call.Count - 2) * 2);
        for (int i = 2; i < call.Count; i++)
        {
            call.Output.WriteBulk(call[i]);
            call.Output.WriteInteger(call.Services.Resp.PubSub.CountListeners(call[i], TopicKind.Channel));
        }
    }
}
