using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>Finds the places of equal elements in a list.</summary>
internal sealed class ElementSearch(ReadOnlySpan<byte> element, long mostMatches, long skipped) : IPlaceVisitor
{
    private readonly byte[] _element = element.ToArray();
    private long _skipped = skipped;

    /// <summary>Places, from 0 at the start of the list, in the order in which they were found.</summary>
    public List<long> Places { get; } = [];

    /// <summary>Elements that are compared at most.</summary>
    public long MostLooks { get; init; } = long.MaxValue;

    /// <summary>Searches, or writes the error when that takes too long for one step. The shard is held.</summary>
    public bool TryRun(in RespCall call, Store.Collections.Lists lists, in ItemKey key, bool isReverse)
    {
        lists.Length(key, call.Now, out long count);
        long looks = Math.Min(count, MostLooks);
        long most = (long)call.Services.Limits.AtomicWork * WorkUnits.ElementsPerUnit;
        call.Context.Spend(looks / WorkUnits.ElementsPerUnit);
        lists.FindEqual(key, _element, Math.Min(looks, most), isReverse, call.Now, this);
        bool hasSeenAll = most >= looks || Places.Count >= mostMatches;
        if (hasSeenAll && Places.Count <= call.Services.Limits.AtomicWork)
        {
            return true;
        }

        call.Error(RespErrors.TooLongList);
        return false;
    }

    public bool Visit(long place)
    {
        if (_skipped-- <= 0)
        {
            Places.Add(place);
        }

        return Places.Count < mostMatches;
    }
}
