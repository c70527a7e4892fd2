namespace SessionGateway.Store.Collections.Pages;

/// <summary>An entry of a leaf that is cut.</summary>
/// <param name="Order">Its hash; nothing in other orders.</param>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct EntryPlace(ulong Order, int Start, int Length) : IComparable<EntryPlace>
{
    public int CompareTo(EntryPlace other) => Order.CompareTo(other.Order);
}
