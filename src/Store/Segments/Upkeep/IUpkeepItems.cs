using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>What upkeep does with the items it meets. Used under the shard's lock.</summary>
internal interface IUpkeepItems
{
    /// <summary>Ends an item.</summary>
    /// <returns>True when its segment is gone.</returns>
    bool Drop(Record record, int database, RemoveReason reason);

    /// <summary>Ends a live item for memory.</summary>
    /// <returns>True when its segment is gone.</returns>
    bool Lose(Record record, int database, LossReason reason, long now);

    /// <summary>Ends fields of a hash whose time is over. Records may move.</summary>
    /// <returns>False when some are left.</returns>
    bool EndFields(int database, ReadOnlySpan<byte> key, long now, ref int steps);

    /// <summary>True for a collection that is being written: its pages may need memory.</summary>
    bool IsPinned(Record record, int database);

    /// <summary>Gives pages of ended collections back; a step is about a tenth of a microsecond.</summary>
    /// <returns>True when there are none left.</returns>
    bool ReclaimPages(ref int steps);
}
