namespace SessionGateway.Durability.Format;

/// <summary>What a record of the log says; the numbers are on disks.</summary>
public enum RecordKind : byte
{
    /// <summary><see cref="Store.Mutations.MutationKind.Put"/>.</summary>
    Put = 1,

    /// <summary><see cref="Store.Mutations.MutationKind.Refreshed"/>: the value is not repeated.</summary>
    Refreshed = 2,

    /// <summary><see cref="Store.Mutations.MutationKind.Spliced"/>: only what it brought.</summary>
    Spliced = 3,

    /// <summary><see cref="Store.Mutations.MutationKind.Element"/>.</summary>
    Element = 4,

    /// <summary><see cref="Store.Mutations.MutationKind.ExpiryChanged"/>.</summary>
    ExpiryChanged = 5,

    /// <summary><see cref="Store.Mutations.MutationKind.Accessed"/>.</summary>
    Accessed = 6,

    /// <summary><see cref="Store.Mutations.MutationKind.Removed"/>.</summary>
    Removed = 7,

    /// <summary><see cref="Store.Mutations.MutationKind.Flushed"/>.</summary>
    Flushed = 8,

    /// <summary><see cref="Store.Mutations.MutationKind.GroupBegin"/>.</summary>
    GroupBegin = 9,

    /// <summary><see cref="Store.Mutations.MutationKind.GroupEnd"/>.</summary>
    GroupEnd = 10,

    /// <summary>How much of the segment was on the disk when the record was written (<see cref="SyncMark"/>).</summary>
    Synced = 32,

    /// <summary>Last record of a gateway that stopped in order.</summary>
    Closed = 33,

    /// <summary>First record of an encrypted segment: which key, which salt; not encrypted itself.</summary>
    Key = 34,

    /// <summary>An item of a state, as it was when the state began.</summary>
    StateItem = 48,

    /// <summary>A page of a large collection of a state.</summary>
    StatePage = 49,

    /// <summary>The state is complete.</summary>
    StateEnd = 50,

    /// <summary>Other records, encrypted (<see cref="Sealing.SegmentCipher"/>).</summary>
    Sealed = 64,
}
