namespace SessionGateway.Store.Mutations;

/// <summary>An effect on a collection, as it is to be repeated elsewhere. A collection whose last entry goes ends as an
/// item does (<see cref="Mutations.MutationKind.Removed"/>).</summary>
public readonly ref struct ElementChange
{
    /// <summary>What happened.</summary>
    public ElementChangeKind Kind { get; init; }

    /// <summary>Type of the collection; the first change makes the item.</summary>
    public ItemType Type { get; init; }

    /// <summary>Field, member or element.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Value of a field.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Score of a member of a sorted set.</summary>
    public double Score { get; init; }

    /// <summary>Unix milliseconds at which a field ends; 0 = with its hash.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>Place in a list.</summary>
    public long Index { get; init; }

    /// <summary>Number of elements that go; of a list that one is put into, those that it had.</summary>
    public long Count { get; init; }
}
