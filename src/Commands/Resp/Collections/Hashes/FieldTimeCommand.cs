using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>
/// HTTL and its kin: key FIELDS count field [field ...]. The answer for each field: its time, -1 when it has none, -2
/// when there is no such field.
/// </summary>
internal abstract class FieldTimeCommand(CommandDescriptor descriptor, int unit, bool isRelative)
    : RespCommand(descriptor)
{
    protected override WideForm Cut(in RespCall call) => FieldArguments.Cut(call, 1, WideReply.Array);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Hashes hashes = scope.Shard.Collections.Hashes;
        if (call.Refuses(hashes.View(key, call.Now, out CollectionView hash))
            || !FieldArguments.TryFind(call, 2, FieldArguments.BadCount, out int first))
        {
            return;
        }

        call.Output.WriteArray(call.Count - first);
        for (int i = first; i < call.Count; i++)
        {
            bool exists = hashes.TryFind(key, hash, call[i], out ElementView view) && !view.IsExpired(call.Now);
            call.Output.WriteInteger(!exists ? -2 : view.ExpiresAt == 0 ? -1 : TimeOf(view.ExpiresAt, call.Now));
        }

        call.Context.Spend((call.Count - first) / WorkUnits.KeysPerUnit);
    }

    private long TimeOf(long expiresAt, long now) => (expiresAt - (isRelative ? now : 0) + unit - 1) / unit;
}
