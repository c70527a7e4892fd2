namespace SessionGateway.Commands.Resp.PubSub.Introspection;

/// <summary>PUBSUB HELP.</summary>
internal sealed class PubSubHelpCommand() : RespCommand(
    new CommandDescriptor("pubsub|help", 2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "6.2.0",
        Summary = "Show helpful text about the different subcommands",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => HelpText.Write(call.Output, "PUBSUB", Lines);

    private static readonly string[] Lines =
    [
        "CHANNELS [<pattern>]",
        "    Return the currently active channels matching a <pattern> (default: '*').",
        "NUMPAT",
        "    Return number of subscriptions to patterns.",
        "NUMSUB [<channel> ...]",
        "    Return the number of subscribers for the specified channels, excluding",
        "    pattern subscriptions(default: no channels).",
        "SHARDCHANNELS [<pattern>]",
        "    Return the currently active shard level channels matching a <pattern> (default: '*').",
        "SHARDNUMSUB [<shardchannel> ...]",
        "    Return the number of subscribers for the specified shard level channel(s)",
    ];
}
