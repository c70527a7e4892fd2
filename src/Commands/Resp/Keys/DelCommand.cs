namespace SessionGateway.Commands.Resp.Keys;

/// <summary>DEL key [key ...].</summary>
internal sealed class DelCommand() : DeleteCommand(
    new CommandDescriptor("del", -2, CommandFlags.Write)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["request_policy:multi_shard", "response_policy:agg_sum"],
        Keys = [new KeySpec(KeyAccess.RM | KeyAccess.Delete, 1, -1)],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Delete a key",
        Complexity =
            "O(N) where N is the number of keys that will be removed. When a key to remove holds a value other "
            + "than a string, the individual complexity for this key is O(M) where M is the number of elements in "
            + "the list, set, sorted set or hash. Removing a single key that holds a string value is O(1).",
    });
