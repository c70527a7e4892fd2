using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>MGET key [key ...]: all at one moment, unless the reply is long.</summary>
internal sealed class MGetCommand() : RespCommand(
    new CommandDescriptor("mget", -2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Tips = ["request_policy:multi_shard"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1, -1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Get the values of all the given keys",
        Complexity = "O(N) where N is the number of keys to retrieve.",
    })
{
    // Keys that are looked up at one moment, and at least the reply of so many is produced before anything else
    // happens.
    private const int KeysAtOnce = 1024;

    // Later pieces are small: a turn that ends within one has locked and hashed the rest of it for nothing.
    private const int KeysAtOnceLater = 64;

    public override bool StopsBetweenArguments => true;

    public override void Execute(in RespCall call)
    {
        call.Output.WriteArray(call.Count - 1);
        int next = WriteSome(call, 1, KeysAtOnce);
        if (next < call.Count)
        {
            call.Connection.Run(new Rest(next), call);
        }
    }

    private static int WriteSome(in RespCall call, int from, int most)
    {
        int to = Math.Min(call.Count, from + most);
        using MultiShardScope scope = call.Context.EnterMany(call.ShardsOf(from, to - 1, 1));
        for (int i = from; i < to; i++)
        {
            ItemKey key = call.Key(i);
            // What is no string is nil here, and no error.
            bool exists = call.Shard(key).Find(key, ItemType.String, call.Now, out ItemView item) == Lookup.Found;
            call.CountRead(key, exists);
            if (exists)
            {
                call.Output.WriteBulk(item.Value);
            }
            else
            {
                call.WriteNull();
            }

            if (i % WorkUnits.KeysPerUnit == 0)
            {
                call.Context.Spend(1);
            }

            // The peer reads what there is before more is produced.
            if (call.Context.ShouldPause())
            {
                return i + 1;
            }
        }

        return to;
    }

    private sealed class Rest(int next) : PausedRequest
    {
        private int _next = next;

        public override bool GoOn(in RespCall call)
        {
            while (!call.Context.ShouldPause())
            {
                _next = WriteSome(call, _next, KeysAtOnceLater);
                if (_next == call.Count)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
