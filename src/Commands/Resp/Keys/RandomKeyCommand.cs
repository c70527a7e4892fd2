using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>RANDOMKEY.</summary>
internal sealed class RandomKeyCommand() : RespCommand(
    new CommandDescriptor("randomkey", 1, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["request_policy:all_shards", "nondeterministic_output"],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Return a random key from the keyspace",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        var filter = new KeyFilter();
        int start = call.Services.Random.Next(call.Store.Shards.Length);
        for (int i = 0; i < call.Store.Shards.Length && filter.Seen == 0; i++)
        {
            Shard shard = call.Store.Shards[(start + i) % call.Store.Shards.Length];
            using ShardScope scope = ItemStore.EnterToRead(shard);
            shard.VisitRandom(call.Client.Database, call.Services.Random, call.Now, filter);
        }

        if (filter.Seen == 0)
        {
            call.WriteNull();
        }
        else
        {
            filter.WriteKeys(call.Output);
            filter.Free();
        }
    }
}
