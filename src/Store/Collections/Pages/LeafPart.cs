namespace SessionGateway.Store.Collections.Pages;

/// <summary>What goes into one of the leaves that a leaf is cut into.</summary>
/// <param name="Start">First byte in <see cref="LeafCut"/>'s entries.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Count">Entries.</param>
/// <param name="Low">See <see cref="Child"/>.</param>
/// <param name="Extra">See <see cref="Child"/>.</param>
/// <param name="More">See <see cref="Child"/>.</param>
internal readonly record struct LeafPart(int Start, int Length, int Count, ulong Low, ulong Extra, uint More);
