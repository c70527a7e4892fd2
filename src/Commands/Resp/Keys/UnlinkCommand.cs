namespace SessionGateway.Commands.Resp.Keys;

/// <summary>UNLINK key [key ...]: memory is given back at once here, too.</summary>
internal sealed class UnlinkCommand() : DeleteCommand(
    new CommandDescriptor("unlink", -2, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["request_policy:multi_shard", "response_policy:agg_sum"],
        Keys = [new KeySpec(KeyAccess.RM | KeyAccess.Delete, 1, -1)],
        Group = "generic",
        Since = "4.0.0",
        Summary = "Delete a key asynchronously in another thread. Otherwise it is just as DEL, but non blocking.",
        Complexity =
            "O(1) for each key removed regardless of its size. Then the command does O(N) work in a different "
            + "thread in order to reclaim memory, where N is the number of allocations the deleted objects where "
            + "composed of.",
    });
