using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>GETEX key [EX s | PX ms | EXAT s | PXAT ms | PERSIST].</summary>
internal sealed class GetExCommand() : RespCommand(
    new CommandDescriptor("getex", -2, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)
            {
                Notes = "RW and UPDATE because it changes the TTL",
            },
        ],
        Group = "string",
        Since = "6.2.0",
        Summary = "Get the value of a key and optionally set its expiration",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        SetOptions options = default;
        if (!options.TryParseWords(call, 2, isSet: false))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists))
        {
            return;
        }

        call.CountRead(key, exists);
        if (!exists)
        {
            call.WriteNull();
            return;
        }

        // Only now: a bad time for a key that is absent is not an error.
        if (!options.TryResolve(call))
        {
            return;
        }

        if (options.ExpiresAt != 0 && options.ExpiresAt <= call.Now)
        {
            call.Output.WriteBulk(item.Value);
            scope.Shard.Remove(key, RemoveReason.Deleted, call.Now);
            call.Notify(KeyEventClasses.Generic, "del"u8, key);
            return;
        }

        // A value is shown until the next change.
        if (options.ExpiresAt != 0 || options.IsPersist && item.ExpiresAt != 0)
        {
            scope.Shard.SetExpiry(key, options.ExpiresAt, call.Now);
            call.Notify(KeyEventClasses.Generic, options.IsPersist ? "persist"u8 : "expire"u8, key);
            scope.Shard.TryPeek(key, call.Now, out item);
        }

        call.WriteValue(scope.Shard, item.Value);
    }
}
