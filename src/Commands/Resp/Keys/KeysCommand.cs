using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>KEYS pattern, all at one moment.</summary>
internal sealed class KeysCommand() : RespCommand(
    new CommandDescriptor("keys", 2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Keyspace | AclCategories.Dangerous,
        Tips = ["request_policy:all_shards", "nondeterministic_output_order"],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Find all keys matching the given pattern",
        Complexity =
            "O(N) with N being the number of keys in the database, under the assumption that the key names in the"
            + " database and the given pattern have limited length.",
    })
{
    public override void Execute(in RespCall call)
    {
        var filter = new KeyFilter { Pattern = call[1].ToArray() };
        using (MultiShardScope all = call.Store.EnterMany(ulong.MaxValue, call.Now))
        {
            call.Store.Scan(call.Client.Database, 0, int.MaxValue, call.Now, filter);
        }

        filter.Write(call.Output);
    }
}
