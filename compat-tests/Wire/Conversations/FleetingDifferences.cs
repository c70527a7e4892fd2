namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>
/// Differences in bytes that were there once and not again with time to spare. Times that are rounded make some; more
/// than a few are a fault that comes and goes.
/// </summary>
internal sealed class FleetingDifferences
{
    // Of 44 seeds 4.
    private const int MostPercent = 10;

    private readonly List<string> _gists = [];

    /// <summary>Notes one.</summary>
    public void Add(string gist) => _gists.Add(gist);

    /// <summary>What to say when there were too many; null when there were few.</summary>
    /// <param name="compared">Conversations that were compared.</param>
    public string? Report(int compared) => _gists.Count > Math.Max(1, compared * MostPercent / 100)
        ? $"{_gists.Count} of {compared} conversations differed once and not again:\n{string.Join('\n', _gists)}"
        : null;
}
