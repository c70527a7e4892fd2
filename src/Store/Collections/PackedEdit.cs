namespace SessionGateway.Store.Collections;

/// <summary>A change of the entries of a packed collection.</summary>
/// <param name="Offset">Where.</param>
/// <param name="Removed">Bytes that go.</param>
/// <param name="Growth">Entries that come, less those that go.</param>
/// <param name="Marks">Marks of <see cref="CollectionHead"/> to set.</param>
/// <param name="Due">Expiry of a field that comes; <see cref="Pages.Child.NeverDue"/> without.</param>
internal readonly record struct PackedEdit(int Offset, int Removed, int Growth, byte Marks, ulong Due);
