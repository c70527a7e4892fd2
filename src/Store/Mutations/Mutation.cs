using SessionGateway.Store.Collections;

namespace SessionGateway.Store.Mutations;

/// <summary>
/// One effect on the items of a store. The spans are valid only during the call that brings it. A field that the kind
/// has no use for is 0 or empty.
/// </summary>
public ref struct Mutation
{
    /// <summary>What happened.</summary>
    public MutationKind Kind { get; init; }

    /// <summary>Place in the stream: rises by one with every mutation of the store, from 1.</summary>
    public long Position { get; set; }

    /// <summary>Unix milliseconds at which an item was written or re-dated.</summary>
    public long At { get; init; }

    /// <summary>Database of the item, or the one that was flushed.</summary>
    public int Database { get; init; }

    /// <summary>Key of the item.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>First part of the value, all of it for a splice; for <see cref="MutationKind.Accessed"/> the entries
    /// (<see cref="AccessReader"/>).</summary>
    public ReadOnlySpan<byte> Head { get; init; }

    /// <summary>Second part of the value.</summary>
    public ReadOnlySpan<byte> Tail { get; init; }

    /// <summary>memcached client flags.</summary>
    public uint Flags { get; init; }

    /// <summary>What the value holds.</summary>
    public ItemType Type { get; init; }

    /// <summary>How a string came about.</summary>
    public StringForm Form { get; init; }

    /// <summary>The item's cas unique; when it was removed, one that no later item of its key may have: later ones are
    /// higher.</summary>
    public ulong Cas { get; init; }

    /// <summary>Unix milliseconds, 0 = never.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>What is kept beside the value for policies.</summary>
    public ItemMarks Marks { get; init; }

    /// <summary>Where a splice begins in the former value.</summary>
    public int SpliceOffset { get; init; }

    /// <summary>Bytes of the former value that a splice took out.</summary>
    public int SpliceRemoved { get; init; }

    /// <summary>Bytes of the final value, from <see cref="SpliceOffset"/> on, that a splice brought.</summary>
    public int SpliceInserted { get; init; }

    /// <summary>Bytes that the value had before a splice.</summary>
    public int SplicedLength { get; init; }

    /// <summary>What happened to an entry of a collection: its name is <see cref="Head"/>, the value of a field
    /// <see cref="Tail"/>, and <see cref="ExpiresAt"/> the field's own.</summary>
    public ElementChangeKind Element { get; init; }

    /// <summary>Score of a member of a sorted set.</summary>
    public double Score { get; init; }

    /// <summary>Place in a list.</summary>
    public long Index { get; init; }

    /// <summary>Elements that a list lost, or had before one was put into it.</summary>
    public long Count { get; init; }

    /// <summary>Why an item ended.</summary>
    public RemoveReason Reason { get; init; }

    /// <summary>Bytes of the value.</summary>
    public readonly int ValueLength => Head.Length + Tail.Length;

    /// <summary>What a splice brought.</summary>
    public readonly ReadOnlySpan<byte> Inserted =>
        Head.Length == SpliceInserted ? Head : Head.Slice(SpliceOffset, SpliceInserted);

    /// <summary>The same splice, with the final value beside it.</summary>
    internal readonly Mutation WithValue(ReadOnlySpan<byte> value) => this with { Head = value, Tail = default };

    /// <summary>An item as a snapshot hands it over, as a mutation that restores it. A large collection, whose pages
    /// come beside it, is restored entry by entry (<see cref="CollectionReader"/>).</summary>
    public static Mutation OfItem(in ItemKey key, in ItemView item) => new()
    {
        Kind = MutationKind.Put,
        At = item.LastAccess,
        Database = key.Database,
        Key = key.Bytes,
        Head = item.Value,
        Flags = item.Flags,
        Type = item.Type,
        Form = item.Form,
        Cas = item.Cas,
        ExpiresAt = item.ExpiresAt,
        Marks = new ItemMarks(item.LastAccess, item.WasRead, item.IsAnonymous),
    };
}
