using SessionGateway.Store.Mutations;

namespace SessionGateway.Durability.Format;

/// <summary>
/// Until when the records of a segment matter. A change of an item whose value lies in some earlier segment may keep
/// that one alive: it is not known which, so it keeps all of them.
/// </summary>
internal sealed class Horizon
{
    /// <summary>Unix milliseconds at which the last item that was written here ends; <see cref="long.MaxValue"/>:
    /// never.</summary>
    public long Items { get; private set; }

    /// <summary>The same of items that were changed here.</summary>
    public long Changes { get; private set; }

    /// <summary>Notes what happened.</summary>
    public void Add(in Mutation mutation)
    {
        long until = mutation.ExpiresAt == 0 ? long.MaxValue : mutation.ExpiresAt;
        switch (mutation.Kind)
        {
            case MutationKind.Put:
                Items = Math.Max(Items, until);
                break;
            case MutationKind.Refreshed or MutationKind.Spliced or MutationKind.ExpiryChanged:
                Changes = Math.Max(Changes, until);
                break;
            case MutationKind.Element:
                // When the collection ends is told by others; its first element makes it without an end.
                Changes = long.MaxValue;
                break;
        }
    }

    /// <summary>Keeps it for ever.</summary>
    public void KeepForEver() => Items = long.MaxValue;
}
