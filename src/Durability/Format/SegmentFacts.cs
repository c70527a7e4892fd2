namespace SessionGateway.Durability.Format;

/// <summary>What is known of a segment that is complete.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Horizon">How long it matters.</param>
internal sealed record SegmentFacts(long Sequence, long Bytes, Horizon Horizon);
