using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>PERSIST key.</summary>
internal sealed class PersistCommand() : RespCommand(
    new CommandDescriptor("persist", 2, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "generic",
        Since = "2.2.0",
        Summary = "Remove the expiration from a key",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        bool expires = scope.Shard.TryPeekAttributes(key, call.Now, out ItemView item) && item.ExpiresAt != 0;
        if (expires)
        {
            scope.Shard.SetExpiry(key, 0, call.Now);
            call.Notify(KeyEventClasses.Generic, "persist"u8, key);
        }

        call.Output.WriteInteger(expires ? 1 : 0);
    }
}
