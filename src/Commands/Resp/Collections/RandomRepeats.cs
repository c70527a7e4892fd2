using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>Entries drawn one by one, so the same one may come again: written as the peer reads them.</summary>
internal sealed class RandomRepeats : PausedRequest
{
    private readonly ItemType _type;
    private readonly ElementForm _form;
    private long _left;
    private bool _hasHead;

    public RandomRepeats(ItemType type, ElementForm form, long count)
    {
        _type = type;
        _form = form;
        _left = Math.Min(count, int.MaxValue / 2);
    }

    public override bool GoOn(in RespCall call)
    {
        if (!_hasHead)
        {
            _hasHead = true;
            ElementWriter.WriteHead(call.Output, ElementHead.Array, _form, _left, call.Version);
        }

        var writer = new ElementWriter(call.Output, call.Version, _form);
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        while (_type == ItemType.Hash && !EndedFields.TryEnd(call, scope.Shard, key))
        {
            if (call.Context.ShouldPause())
            {
                return false;
            }
        }

        CollectionInfo info = scope.Shard.Find(key, _type, call.Now, out ItemView item, isAccess: false) == Lookup.Found
            ? ShardCollections.Describe(item) : default;
        for (; _left > 0 && !call.Output.Overflowed; _left--)
        {
            long before = writer.Count;
            if (info.Count > 0)
            {
                long rank = call.Services.Random.NextInt64(info.Count);
                RandomElements.Walk(scope.Shard, _type, key, rank, 1, call.Now, writer);
            }

            if (writer.Count == before)
            {
                WriteNothing(call);
            }

            call.Context.Spend(1);
            if (call.Context.ShouldPause())
            {
                _left--;
                return _left == 0;
            }
        }

        return true;
    }

    // The collection ended after the answer had begun.
    private void WriteNothing(in RespCall call)
    {
        for (int i = _form == ElementForm.Name ? 1 : 2; i > 0; i--)
        {
            call.WriteNull();
        }
    }
}
