using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>
/// SINTERSTORE, SUNIONSTORE and SDIFFSTORE: destination key [key ...], in one step: how many members there are.
/// </summary>
internal abstract class SetStoreCommand(CommandDescriptor descriptor, SetOperation operation) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        using MultiShardScope scope = call.Store.EnterMany(Shards(call), call.Now);
        var sets = new SetCombination(operation, 2, call.Count - 1);
        if (!sets.TryBegin(call, out bool isEmpty))
        {
            return;
        }

        // The destination may be one of the sources.
        using var members = new OutputBuffer(1024, call.Services.Limits.MaxOutputBytes);
        var writer = new ElementWriter(members, call.Version, ElementForm.Name);
        if (!isEmpty)
        {
            sets.Run(call, writer);
        }

        ItemKey key = call.Key(1);
        Shard shard = call.Shard(key);
        if (writer.Count > 0)
        {
            call.NotifyIfNew(shard, key);
        }

        bool existed = shard.Remove(key, RemoveReason.Deleted, call.Now);
        if (writer.Count == 0)
        {
            if (existed)
            {
                call.Notify(KeyEventClasses.Generic, "del"u8, key);
            }

            call.Output.WriteInteger(0);
            return;
        }

        for (var rest = new BulkReader(members.Written); rest.TryRead(out ReadOnlySpan<byte> member);)
        {
            if (!call.Accepts(shard.Collections.Sets.Add(key, member, call.Now)))
            {
                return;
            }
        }

        call.Notify(KeyEventClasses.Set, ShortName, key);
        call.Output.WriteInteger(writer.Count);
    }
}
