using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub.Introspection;

/// <summary>PUBSUB NUMPAT.</summary>
internal sealed class PubSubNumPatCommand() : RespCommand(
    new CommandDescriptor("pubsub|numpat", 2, CommandFlags.PubSub | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "2.8.0",
        Summary = "Get the count of unique patterns pattern subscriptions",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteInteger(call.Services.Resp.PubSub.PatternCount);
}
