using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HMGET key field [field ...].</summary>
internal sealed class HMGetCommand() : RespCommand(
    new CommandDescriptor("hmget", -3, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Get the values of all the given hash fields",
        Complexity = "O(N) where N is the number of fields being requested.",
    })
{
    protected override WideForm Cut(in RespCall call) => new(2, 1, WideReply.Array);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        if (call.Refuses(hashes.View(key, call.Now, out CollectionView hash)))
        {
            return;
        }

        call.Output.WriteArray(call.Count - 2);
        for (int i = 2; i < call.Count; i++)
        {
            if (hashes.TryFind(key, hash, call[i], out ElementView view) && !view.IsExpired(call.Now))
            {
                call.Output.WriteBulk(view.Value);
            }
            else
            {
                call.WriteNull();
            }
        }

        call.Context.Spend(call.Count / WorkUnits.KeysPerUnit);
    }
}
