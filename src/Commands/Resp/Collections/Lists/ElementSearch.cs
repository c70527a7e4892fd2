using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>Finds the places of equal elements in a list.</summary>
internal sealed class ElementSearch(ReadOnlySpan<byte> element, long mostMatches, long skipped) : IElementVisitor
{
    private readonly byte[] _element = element.ToArray();
    private long _looks;
    private long _skipped = skipped;
    private long _count;
    private bool _isReverse;

    /// <summary>Places, from 0 at the start of the list, in the order in which they were found.</summary>
    public List<long> Places { get; } = [];

    /// <summary>Elements that are compared at most.</summary>
    public long MostLooks { get; init; } = long.MaxValue;

    /// <summary>Searches, or writes the error when that takes too long for one step. The shard is held.</summary>
    public bool TryRun(in RespCall call, Store.Collections.Lists lists, in ItemKey key, bool isReverse)
    {
        lists.Length(key, call.Now, out _count);
        long looks = Math.Min(_count, MostLooks);
        call.Context.Spend(looks / WorkUnits.ElementsPerUnit);
        _isReverse = isReverse;
        lists.Walk(key, 0, Math.Min(looks, (long)call.Services.Limits.AtomicWork * WorkUnits.ElementsPerUnit),
            isReverse, call.Now, this);
        bool hasSeenAll = _looks >= looks || Places.Count >= mostMatches;
        if (hasSeenAll && Places.Count <= call.Services.Limits.AtomicWork)
        {
            return true;
        }

        call.Error(RespErrors.TooLongList);
        return false;
    }

    public bool Visit(in ElementView view)
    {
        long place = _isReverse ? _count - 1 - _looks : _looks;
        _looks++;
        if (view.Name.SequenceEqual(_element) && _skipped-- <= 0)
        {
            Places.Add(place);
        }

        return Places.Count < mostMatches;
    }
}
