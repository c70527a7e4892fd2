using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>
/// A command that does something to each of its keys and answers for how many it did. Up to <see cref="KeysAtOnce"/>
/// keys are handled at one moment; more in pieces, so that nobody waits for a million of them.
/// </summary>
internal abstract class KeyCountCommand(CommandDescriptor descriptor) : RespCommand(descriptor)
{
    /// <summary>Keys of one piece: about 0.2 ms with their shards held.</summary>
    public const int KeysAtOnce = 1024;

    // Pieces of a longer list: the clock is looked at between two of them.
    private const int KeysOfPiece = 64;

    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call)
    {
        if (call.Count == 2)
        {
            ItemKey key = call.Key(1);
            using ShardScope one = call.Context.Enter(key);
            call.Output.WriteInteger(Apply(call, one.Shard, key) ? 1 : 0);
            return;
        }

        if (call.Count - 1 > KeysAtOnce)
        {
            call.Connection.Run(new Rest(this), call);
            return;
        }

        call.Output.WriteInteger(ApplyPiece(call, 1, call.Count));
    }

    /// <summary>Does it to one key under its shard's lock; true when it counts.</summary>
    protected abstract bool Apply(in RespCall call, Shard shard, in ItemKey key);

    private int ApplyPiece(in RespCall call, int from, int to)
    {
        using MultiShardScope scope = call.Context.EnterMany(call.ShardsOf(from, to - 1, 1));
        int count = 0;
        for (int i = from; i < to; i++)
        {
            ItemKey key = call.Key(i);
            count += Apply(call, call.Shard(key), key) ? 1 : 0;
        }

        call.Context.Spend((to - from) / WorkUnits.KeysPerUnit);
        return count;
    }

    private sealed class Rest(KeyCountCommand command) : PausedRequest
    {
        private int _next = 1;
        private long _count;

        public override bool GoOn(in RespCall call)
        {
            do
            {
                int to = Math.Min(call.Count, _next + KeysOfPiece);
                _count += command.ApplyPiece(call, _next, to);
                _next = to;
                if (to == call.Count)
                {
                    call.Output.WriteInteger(_count);
                    return true;
                }
            }
            while (!call.Context.ShouldPause());
            return false;
        }
    }
}
