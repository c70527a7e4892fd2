namespace SessionGateway.Store.Policies;

/// <summary>What compression has saved and cost since the start.</summary>
/// <param name="Values">Values written compressed.</param>
/// <param name="Kept">Values tried and kept as they were, because they hardly shrink.</param>
/// <param name="SavedBytes">Bytes by which the written values became shorter, rewrites counted each time.</param>
/// <param name="CompressTime">Time spent when writing.</param>
/// <param name="Expanded">Values read back.</param>
/// <param name="ExpandTime">Time spent when reading.</param>
public sealed record CompressionReport(
    long Values, long Kept, long SavedBytes, TimeSpan CompressTime, long Expanded, TimeSpan ExpandTime)
{
    /// <summary>Nothing was compressed.</summary>
    public static CompressionReport None { get; } = new(0, 0, 0, default, 0, default);
}
