namespace SessionGateway.Store.Collections.Pages;

/// <summary>What was written into a leaf that is to be cut.</summary>
/// <param name="Offset">Where bytes were inserted.</param>
/// <param name="Inserted">Their number.</param>
/// <param name="Growth">Entries that came, less those that went.</param>
/// <param name="Due">Expiry of the field that came, or <see cref="Child.NeverDue"/>.</param>
/// <param name="Gone">See <see cref="PageTree.AddToCounts"/>.</param>
/// <param name="Come">See <see cref="PageTree.AddToCounts"/>.</param>
internal readonly record struct SplitPlace(
    int Offset, int Inserted, int Growth, ulong Due, ulong Gone, ulong Come);
