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
    : MemberCombination
{
    // Keys of a combination that is looked up key by key, the smallest first where they all must have a member.
    private int[] _places = [];
    private bool _isEmpty;

    public override int Sources => lastKey - firstKey + 1;

    public override int PlaceOf(int source) => firstKey + source;

    public override bool TryBegin(in RespCall call)
    {
        long[] counts = new long[Sources];
        long smallest = long.MaxValue, all = 0;
        for (int i = firstKey; i <= lastKey; i++)
        {
            ItemKey key = call.Key(i);
            if (call.Refuses(call.Shard(key).Collections.Sets.Length(key, call.Now, out long count), i))
            {
                return false;
            }

            counts[i - firstKey] = count;
            smallest = Math.Min(smallest, count);
            all += count;
        }

        bool intersects = operation == SetOperation.Intersection;
        bool isUnion = operation == SetOperation.Union;
        _isEmpty = intersects && smallest == 0;
        _places = [.. Enumerable.Range(firstKey, Sources)];
        if (intersects)
        {
            Array.Sort(counts, _places);
        }

        long lookUps = ((isUnion ? all : counts[0]) + 1) * Sources;
        bool gathers = !intersects && Sources > FewSources && WorkOf(all) + Sources < lookUps;
        Work = gathers ? WorkOf(all) + Sources : lookUps;
        Begin(0, gathers || isUnion ? Sources - 1 : 0, gathers);
        return true;
    }

    public override bool Next(in RespCall call, IMemberSink sink) => _isEmpty || base.Next(call, sink);

    // A new member of a union is given when it is found.
    protected override bool HasRest => Gathers && operation == SetOperation.Difference;

    protected override bool IsOver(GatheredMembers gathered) => HasRest && gathered.IsEmptied;

    protected override bool IsEnough(IMemberSink sink) => sink.Count >= most;

    // What is only written needs no copy.
    protected override bool TryWhole(in RespCall call, IMemberSink sink)
    {
        ItemKey key = call.Key(_places[Source]);
        Store.Collections.Sets sets = call.Shard(key).Collections.Sets;
        if (!IsAtStart || sink is not ElementWriter writer
            || sets.View(key, call.Now, out CollectionView view) != Lookup.Found || view.IsLarge
            || view.Count * Sources > MostAtOnce)
        {
            return false;
        }

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
    protected override void ReadSlice(in RespCall call, int source, ref ulong cursor, MemberList slice)
    {
        ItemKey key = call.Key(_places[source]);
        call.Shard(key).Collections.Sets.ScanOnce(key, cursor, EntriesPerSlice, call.Now, slice, out cursor);
    }

    protected override void Give(in RespCall call, ReadOnlySpan<byte> member, IMemberSink sink)
    {
        if (Belongs(call, member))
        {
            sink.Add(member, 0);
        }
    }

    protected override void Gather(
        in RespCall call, GatheredMembers gathered, ReadOnlySpan<byte> member, double score, IMemberSink sink)
    {
        if (operation == SetOperation.Difference && Source > 0)
        {
            gathered.TakeOut(member);
        }
        else if (operation == SetOperation.Union && sink.IsSet)
        {
            sink.Add(member, 0);
        }
        else if (!gathered.TryFind(member, out _))
        {
            gathered.Put(member, 0, isNew: true);
            if (operation == SetOperation.Union)
            {
                sink.Add(member, 0);
            }
        }
    }

    // Whether a member of the set that is visited is in the result, and was in no set before.
    private bool Belongs(in RespCall call, ReadOnlySpan<byte> member)
    {
        int end = operation == SetOperation.Union ? Source : Sources;
        for (int i = 0; i < end; i++)
        {
            if (i == Source)
            {
                continue;
            }

            Looked++;
            ItemKey key = call.Key(_places[i]);
            bool isThere = call.Shard(key).Collections.Sets.Find(key, member, call.Now) == Lookup.Found;
            if (isThere != (operation == SetOperation.Intersection))
            {
                return false;
            }
        }

        return true;
    }
}
