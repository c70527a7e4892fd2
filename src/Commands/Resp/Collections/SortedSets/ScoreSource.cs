namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>One of the sets that are combined.</summary>
/// <param name="Place">Argument of its key.</param>
/// <param name="Weight">What its scores are multiplied with.</param>
/// <param name="Count">Its members.</param>
internal readonly record struct ScoreSource(int Place, double Weight, long Count);
