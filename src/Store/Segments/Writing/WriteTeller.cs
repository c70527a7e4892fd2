using SessionGateway.Store.Mutations;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Writing;

/// <summary>Tells of writes with the bytes that were written: nothing is looked up again and nothing is
/// expanded.</summary>
internal sealed class WriteTeller(IWriteListener listener)
{
    /// <summary>Tells of a record that was written.</summary>
    /// <param name="key">The key.</param>
    /// <param name="record">The record as it is now.</param>
    /// <param name="value">What was written; a compressed one with what it stands for.</param>
    /// <param name="attributes">With the cas unique.</param>
    /// <param name="splice">How it continues the old value.</param>
    /// <param name="unchanged">The value was there already.</param>
    /// <param name="now">Unix milliseconds.</param>
    public void Tell(
        in ItemKey key, Record record, in StoredValue value, in ItemAttributes attributes, in Splice splice,
        bool unchanged, long now)
    {
        listener.Tell(new Mutation
        {
            Kind = unchanged ? MutationKind.Refreshed : splice.IsNone ? MutationKind.Put : MutationKind.Spliced,
            At = now,
            Database = key.Database,
            Key = key.Bytes,
            Head = value.IsCompressed ? value.Plain : record.Value,
            Flags = attributes.Flags,
            Type = attributes.Type,
            Form = attributes.Form,
            Cas = attributes.Cas,
            ExpiresAt = attributes.ExpiresAt,
            Marks = new ItemMarks(now, WasRead: false, record.IsAnonymous),
            SpliceOffset = splice.Offset,
            SpliceRemoved = splice.Removed,
            SpliceInserted = splice.Inserted,
            SplicedLength = splice.Before,
        });
    }
}
