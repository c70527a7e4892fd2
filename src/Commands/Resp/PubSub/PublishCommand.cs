using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub;

/// <summary>PUBLISH channel message: the number of receivers.</summary>
internal sealed class PublishCommand() : RespCommand(
    new CommandDescriptor(
        "publish", 3,
        CommandFlags.PubSub | CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Group = "pubsub",
        Since = "2.0.0",
        Summary = "Post a message to a channel",
        Complexity =
            "O(N+M) where N is the number of clients subscribed to the receiving channel and M is the total "
            + "number of subscribed patterns (by any client).",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!Subscriptions.FitsOrRefuse(call, call[1], TopicKind.Channel))
        {
            return;
        }

        if (call.Services.Pair is { } pair && call[1].SequenceEqual("__sentinel__:hello"u8))
        {
            if (!pair.MayOperate(call.Client))
            {
                call.Error(RespErrors.NoPermission(Name));
                return;
            }

            pair.HearHello(call.Client, call[2]);
        }

        PatternWalk rest = default;
        if (!Publish(call, ref rest))
        {
            call.Connection.Run(new Rest(rest), call);
        }
    }

    private static bool Publish(in RespCall call, ref PatternWalk walk)
    {
        if (!call.Services.Resp.PubSub.TryPublish(call[1], call[2], ref walk, call.Context, out int receivers))
        {
            return false;
        }

        call.Context.Spend(receivers / WorkUnits.KeysPerUnit);
        // As in Redis, a message to oneself comes before the answer.
        call.TakePushes();
        call.Output.WriteInteger(receivers);
        return true;
    }

    private sealed class Rest(PatternWalk walk) : PausedRequest
    {
        private PatternWalk _walk = walk;

        public override bool GoOn(in RespCall call) => Publish(call, ref _walk);
    }
}
