namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>PUNSUBSCRIBE [pattern ...].</summary>
internal sealed class PUnsubscribeCommand() : RespCommand(
    new CommandDescriptor(
        "punsubscribe", -1,
        CommandFlags.PubSub | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "2.0.0",
        Summary = "Stop listening for messages posted to channels matching the given patterns",
        Complexity =
            "O(N+M) where N is the number of patterns the client is already subscribed and M is the number of "
            + "total patterns subscribed in the system (by any client).",
    })
{
    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call) => Subscriptions.Unsubscribe(call, TopicKind.Pattern);
}
