using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Index;

/// <summary>Where an item stands in the index, and the record it refers to. Valid until the index changes.</summary>
internal readonly ref struct Place(Bucket bucket, int slot, Record record)
{
    public Bucket Bucket { get; } = bucket;

    public int Slot { get; } = slot;

    public Record Record { get; } = record;
}
