using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Object;

/// <summary>OBJECT FREQ key: no access frequency is kept.</summary>
internal sealed class ObjectFreqCommand() : RespCommand(
    new CommandDescriptor("object|freq", 3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO, 2)],
        Group = "generic",
        Since = "4.0.0",
        Summary = "Get the logarithmic access frequency counter of a Redis object",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(2);
        using ShardScope scope = call.Context.Enter(key);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out _);
        call.CountRead(exists);
        if (exists)
        {
            call.Error("ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that "
                + "when switching between policies at runtime LRU and LFU data will take some time to adjust.");
        }
        else
        {
            call.WriteNull();
        }
    }
}
