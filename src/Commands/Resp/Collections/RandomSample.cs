using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>Entries that are different, each with the same chance to be among them (Knuth, Algorithm S).</summary>
internal sealed class RandomSample : CollectedReply, IElementVisitor
{
    private const int EntriesPerSlice = 1024;

    private readonly ItemType _type;
    private readonly Random _random;
    private readonly long _wanted;
    private readonly long _size;
    private long _seen;

    public RandomSample(in RespCall call, ItemType type, ElementForm form, long count, long size)
        : base(call, ElementHead.Array, form)
    {
        _type = type;
        _random = call.Services.Random;
        _wanted = Math.Min(count, size);
        _size = size;
    }

    public bool Visit(in ElementView element)
    {
        long left = _size - _seen++;
        return left > 0 && (_random.NextInt64(left) >= _wanted - Writer.Count || Writer.Visit(element));
    }

    // Few of many are looked for one by one, so that not all need be visited.
    protected override bool Collect(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (_type == ItemType.Hash && !EndedFields.TryEnd(call, scope.Shard, key))
        {
            return false;
        }

        if (_wanted < _size / EntriesPerSlice && _wanted <= EntriesPerSlice)
        {
            CollectFew(call, scope.Shard, key);
            return true;
        }

        long before = _seen;
        RandomElements.Walk(scope.Shard, _type, key, _seen, EntriesPerSlice, call.Now, this);
        return _seen == before || _seen >= _size || Writer.Count == _wanted;
    }

    private void CollectFew(in RespCall call, Shard shard, in ItemKey key)
    {
        var ranks = new HashSet<long>();
        while (ranks.Count < _wanted)
        {
            ranks.Add(_random.NextInt64(_size));
        }

        foreach (long rank in ranks)
        {
            RandomElements.Walk(shard, _type, key, rank, 1, call.Now, Writer);
        }

        call.Context.Spend(ranks.Count);
    }
}
