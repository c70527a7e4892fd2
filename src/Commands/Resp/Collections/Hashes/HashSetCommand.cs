using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>
/// HSET and HMSET: key field value [field value ...]; one change of the hash. The fields lose the expiry they had.
/// </summary>
internal abstract class HashSetCommand(CommandDescriptor descriptor) : RespCommand(descriptor)
{
    protected override WideForm Cut(in RespCall call) => call.Count % 2 == 0 ? new(2, 2, Reply) : default;

    /// <summary>What becomes of the answers of several pieces.</summary>
    protected abstract WideReply Reply { get; }

    public override void Execute(in RespCall call)
    {
        if (call.Count % 2 != 0)
        {
            call.Error(RespErrors.WrongArity(Name));
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        using HashWriter writer = scope.Shard.Collections.Hashes.Write(key, call.Now, out Lookup found);
        if (found == Lookup.WrongType)
        {
            call.Error(RespErrors.WrongType);
            return;
        }

        call.NotifyIfNew(scope.Shard, key);
        int added = 0;
        for (int i = 2; i < call.Count; i += 2)
        {
            ElementWrite outcome = writer.Set(call[i], call[i + 1]);
            if (!call.Accepts(outcome))
            {
                return;
            }

            added += outcome == ElementWrite.Added ? 1 : 0;
        }

        call.Context.Spend((call.Count / WorkUnits.KeysPerUnit) + WorkUnits.ForBytes(call.Request.Bytes.Length));
        if (writer.Complete())
        {
            call.Notify(KeyEventClasses.Hash, "hset"u8, key);
            Answer(call, added);
        }
        else
        {
            call.Error(RespErrors.OutOfMemory);
        }
    }

    /// <summary>Writes the answer.</summary>
    protected abstract void Answer(in RespCall call, int added);
}
