using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
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

    // Of a session: a large one is written at once, too, and the room for fields of a packed one is asked for at once.
    private const int MostShortFields = 64;
    private const int ShortBytes = 64 * 1024;

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
            // Fields whose time is over are counted.
            NamedCollection collection = scope.Shard.Named(type);
            if (view.Count > MostShortFields || view.FirstExpiry != 0 || !collection.IsShort(key, view, ShortBytes))
            {
                return false;
            }

            ElementWriter.WriteHead(call.Output, head, form, view.Count, call.Version);
            var writer = new ElementWriter(call.Output, call.Version, form);
            collection.Walk(key, 0, view.Count, call.Now, writer);
            call.Context.Spend(1 + (view.Count / WorkUnits.ElementsPerUnit));
            return true;
        }

        ElementWriter.WriteHead(call.Output, head, form, view.Count, call.Version);
        if (form == ElementForm.FieldAndValue && view.Count <= MostShortFields)
        {
            WriteFields(call.Output, view.Entries, (int)view.Count);
            return true;
        }

        foreach (ElementView element in view.Entries)
        {
            ElementWriter.Write(call.Output, element, form, call.Version);
        }

        return true;
    }

    private static void WriteFields(OutputBuffer output, PackedEntries entries, int count)
    {
        Span<byte> span = output.GetSpan(entries.RestBytes + (2 * count * RespWriter.MostShortBulkFrame));
        int at = 0;
        foreach (ElementView field in entries)
        {
            at += RespWriter.FormatBulk(field.Name, span[at..]);
            at += RespWriter.FormatBulk(field.Value, span[at..]);
        }

        output.Advance(at);
    }
}
