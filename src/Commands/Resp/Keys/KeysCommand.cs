using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>KEYS pattern. The shards are looked through one after the other.</summary>
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
        // As in redis, the one star matches all keys; more stars do not match the empty one.
        if (!GlobPattern.TryParse(call[1], out GlobPattern? pattern))
        {
            call.Error(RespErrors.PatternTooLong);
            return;
        }

        var filter = new KeyFilter { Pattern = call[1].SequenceEqual("*"u8) ? null : pattern };
        call.Connection.Run(KeyWalk.Keys(filter, call.Services.Limits.KeysReplyBytes), call);
    }
}
