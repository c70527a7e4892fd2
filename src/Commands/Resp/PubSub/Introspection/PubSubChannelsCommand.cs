using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub.Introspection;

/// <summary>PUBSUB CHANNELS [pattern].</summary>
internal sealed class PubSubChannelsCommand() : RespCommand(
    new CommandDescriptor("pubsub|channels", -2, CommandFlags.PubSub | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "pubsub",
        Since = "2.8.0",
        Summary = "List active channels",
        Complexity =
            "O(N) where N is the number of active channels, and assuming constant time pattern matching "
            + "(relatively short channels and patterns)",
    })
{
    public override void Execute(in RespCall call) => Answer(call, TopicKind.Channel);

    /// <summary>Answers with the channels of a kind.</summary>
    internal static void Answer(in RespCall call, TopicKind kind)
    {
        if (call.Count > 3)
        {
            call.Error($"ERR unknown subcommand or wrong number of arguments for '{RespErrors.Preview(call[1], 128)}'. "
                + "Try PUBSUB HELP.");
            return;
        }

        if (call.Count == 3 && call[2].Length > GlobPattern.MaxBytes)
        {
            call.Error(RespErrors.PatternTooLong);
            return;
        }

        call.Connection.Run(new ChannelList(kind), call);
    }
}
