using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>
/// Combines sets without another copy of them: a member is taken from one set when the others have it, or have it not.
/// All keys' shards are held.
/// </summary>
/// <param name="operation">How.</param>
/// <param name="firstKey">Argument of the first set.</param>
/// <param name="lastKey">Argument of the last one.</param>
internal readonly struct SetCombination(SetOperation operation, int firstKey, int lastKey)
{
    private const int EntriesPerSlice = 1024;

    /// <summary>Looks at the types and sizes, or writes the error.</summary>
    public bool TryBegin(in RespCall call, out bool isEmpty)
    {
        long smallest = long.MaxValue, all = 0;
        isEmpty = false;
        for (int i = firstKey; i <= lastKey; i++)
        {
            ItemKey key = call.Key(i);
            if (call.Refuses(call.Shard(key).Collections.Sets.Length(key, call.Now, out long count), i))
            {
                return false;
            }

            smallest = Math.Min(smallest, count);
            all += count;
        }

        isEmpty = operation == SetOperation.Intersection && smallest == 0;
        long work = (operation == SetOperation.Intersection ? smallest : all) * (lastKey - firstKey + 1);
        call.Context.Spend(work / WorkUnits.KeysPerUnit);
        if (work / WorkUnits.KeysPerUnit > call.Services.Limits.AtomicWork)
        {
            call.Error(RespErrors.TooLargeSets);
            return false;
        }

        return true;
    }

    /// <summary>Visits the members of the result.</summary>
    public void Run(in RespCall call, ElementWriter result, long most = long.MaxValue)
    {
        switch (operation)
        {
            case SetOperation.Union:
                for (int i = firstKey; i <= lastKey; i++)
                {
                    Visit(call, i, result, most);
                }

                break;
            case SetOperation.Intersection:
                Visit(call, SmallestOf(call), result, most);
                break;
            default:
                Visit(call, firstKey, result, most);
                break;
        }
    }

    private void Visit(in RespCall call, int place, ElementWriter result, long most)
    {
        ItemKey key = call.Key(place);
        Store.Collections.Sets sets = call.Shard(key).Collections.Sets;
        if (sets.View(key, call.Now, out CollectionView view) == Lookup.Found && !view.IsLarge)
        {
            foreach (ElementView member in view.Entries)
            {
                if (result.Count < most && Belongs(call, place, member.Name))
                {
                    result.Visit(member);
                }
            }

            return;
        }

        // Page by page: what is visited must not be looked up from within.
        var page = new MemberList();
        ulong cursor = 0;
        do
        {
            page.Clear();
            sets.ScanOnce(key, cursor, EntriesPerSlice, call.Now, page, out cursor);
            for (int i = 0; i < page.Count && result.Count < most; i++)
            {
                if (Belongs(call, place, page[i]))
                {
                    result.Write(page[i]);
                }
            }
        }
        while (cursor != 0 && result.Count < most);
    }

    // Whether a member of a set is in the result.
    private bool Belongs(in RespCall call, int place, ReadOnlySpan<byte> member)
    {
        int last = operation == SetOperation.Union ? place - 1 : lastKey;
        for (int i = firstKey; i <= last; i++)
        {
            if (i == place)
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

    private int SmallestOf(in RespCall call)
    {
        int best = firstKey;
        long bestCount = long.MaxValue;
        for (int i = firstKey; i <= lastKey; i++)
        {
            ItemKey key = call.Key(i);
            call.Shard(key).Collections.Sets.Length(key, call.Now, out long count);
            (best, bestCount) = count < bestCount ? (i, count) : (best, bestCount);
        }

        return best;
    }
}
