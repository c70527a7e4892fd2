using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>Combines sets: a member is taken from one set when the others have it, or have it not.</summary>
/// <param name="operation">How.</param>
/// <param name="firstKey">Argument of the first set.</param>
/// <param name="lastKey">Argument of the last one.</param>
/// <param name="most">Most members that are wanted.</param>
internal sealed class SetCombination(SetOperation operation, int firstKey, int lastKey, long most = long.MaxValue)
    : Combination
{
    private readonly MemberList _slice = new();
    private int _inSlice;
    private int _place;
    private ulong _cursor;
    private bool _isEmpty;

    public override int Sources => lastKey - firstKey + 1;

    public override int PlaceOf(int source) => firstKey + source;

    public override bool TryBegin(in RespCall call)
    {
        long smallest = long.MaxValue, all = 0;
        int smallestPlace = firstKey;
        for (int i = firstKey; i <= lastKey; i++)
        {
            ItemKey key = call.Key(i);
            if (call.Refuses(call.Shard(key).Collections.Sets.Length(key, call.Now, out long count), i))
            {
                return false;
            }

            (smallest, smallestPlace) = count < smallest ? (count, i) : (smallest, smallestPlace);
            all += count;
        }

        bool intersects = operation == SetOperation.Intersection;
        _isEmpty = intersects && smallest == 0;
        _place = intersects ? smallestPlace : firstKey;
        _cursor = 0;
        _slice.Clear();
        _inSlice = 0;
        Work = ((intersects ? smallest : all) + 1) * Sources;
        return true;
    }

    public override bool Next(in RespCall call, IMemberSink sink)
    {
        if (_isEmpty)
        {
            return true;
        }

        if (_inSlice == _slice.Count && !TryWrite(call, sink))
        {
            ReadSlice(call);
        }

        int end = Math.Min(_slice.Count, _inSlice + MembersPerStep);
        for (; _inSlice < end && sink.Count < most; _inSlice++)
        {
            Looked += Sources;
            if (Belongs(call, _slice[_inSlice]))
            {
                sink.Add(_slice[_inSlice], 0);
            }
        }

        if (sink.Count >= most)
        {
            return true;
        }

        return _inSlice == _slice.Count && _cursor == 0
            && (operation != SetOperation.Union || _place++ == lastKey);
    }

    // What is only written needs no copy.
    private bool TryWrite(in RespCall call, IMemberSink sink)
    {
        ItemKey key = call.Key(_place);
        Store.Collections.Sets sets = call.Shard(key).Collections.Sets;
        if (_cursor != 0 || sink is not ElementWriter writer
            || sets.View(key, call.Now, out CollectionView view) != Lookup.Found || view.IsLarge
            || view.Count > MembersPerStep)
        {
            return false;
        }

        Looked += view.Count * Sources;
        foreach (ElementView member in view.Entries)
        {
            if (writer.Count < most && Belongs(call, member.Name))
            {
                writer.Visit(member);
            }
        }

        return true;
    }

    // Page by page: what is visited must not be looked up from within.
    private void ReadSlice(in RespCall call)
    {
        ItemKey key = call.Key(_place);
        _slice.Clear();
        _inSlice = 0;
        Looked++;
        call.Shard(key).Collections.Sets.ScanOnce(key, _cursor, EntriesPerSlice, call.Now, _slice, out _cursor);
    }

    // Whether a member of the set that is visited is in the result, and was in no set before.
    private bool Belongs(in RespCall call, ReadOnlySpan<byte> member)
    {
        int last = operation == SetOperation.Union ? _place - 1 : lastKey;
        for (int i = firstKey; i <= last; i++)
        {
            if (i == _place)
            {
                continue;
            }

            ItemKey key = call.Key(i);
            bool isThere = call.Shard(key).Collections.Sets.Find(key, member, call.Now) == Lookup.Found;
            if (isThere != (operation == SetOperation.Intersection))
            {
                return false;
            }
        }

        return true;
    }
}
