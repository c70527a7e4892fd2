using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>
/// All entries of a hash or a set: those of a packed one at once, those of a large one in slices. Of a large one each
/// entry that is there all the time is in the answer once; what comes or goes meanwhile may be.
/// </summary>
internal sealed class NamedListing(in RespCall call, ItemType type, ElementHead head, ElementForm form)
    : CollectedReply(call, head, form)
{
    private const int EntriesPerSlice = 1024;

    private ulong _cursor;

    /// <summary>Writes the answer, or its first part.</summary>
    public static void Run(in RespCall call, ItemType type, ElementHead head, ElementForm form)
    {
        if (!TryWritePacked(call, type, head, form))
        {
            call.Connection.Run(new NamedListing(call, type, head, form), call);
        }
    }

    protected override bool Collect(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found =
            scope.Shard.Named(type).ScanOnce(key, _cursor, EntriesPerSlice, call.Now, Writer, out _cursor);
        return found != Lookup.Found || _cursor == 0;
    }

    private static bool TryWritePacked(in RespCall call, ItemType type, ElementHead head, ElementForm form)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (call.Refuses(scope.Shard.Named(type).View(key, call.Now, out CollectionView view)))
        {
            return true;
        }

        if (view.IsLarge)
        {
            return false;
        }

        ElementWriter.WriteHead(call.Output, head, form, view.Count, call.Version);
        foreach (ElementView element in view.Entries)
        {
            ElementWriter.Write(call.Output, element, form, call.Version);
        }

        return true;
    }
}
