using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>DUMP key: the value as RESTORE takes it, here and in Redis.</summary>
internal sealed class DumpCommand() : RespCommand(
    new CommandDescriptor("dump", 2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "generic",
        Since = "2.6.0",
        Summary = "Return a serialized version of the value stored at the specified key.",
        Complexity =
            "O(1) to access the key and additional O(N*M) to serialize it, where N is the number of Redis objects "
            + "composing the value and M their average size. For small string values the time complexity is thus "
            + "O(1)+O(1*M) where M is small, so simply O(1).",
    })
{
    public override void Execute(in RespCall call)
    {
        if (EndedFields.Precede(call, 1))
        {
            return;
        }

        ItemKey key = call.Key(1);
        bool exists;
        using (ShardScope scope = call.Context.Enter(key))
        {
            exists = scope.Shard.TryGetAttributes(key, call.Now, out _);
            call.CountRead(key, exists);
        }

        if (exists)
        {
            call.Connection.Run(new DumpReply(call), call);
        }
        else
        {
            call.WriteNull();
        }
    }
}
