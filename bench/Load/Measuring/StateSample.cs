namespace SessionGateway.Bench.Load.Measuring;

/// <summary>What a state of all items, told to the log while clients read and write, cost them.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Round">From 1.</param>
/// <param name="Sessions">Sessions in memory.</param>
/// <param name="Before">p99 of gets in microseconds, in the seconds before.</param>
/// <param name="During">The same while it was told.</param>
/// <param name="Worst">The highest of its seconds.</param>
/// <param name="Seconds">How long it took, in whole seconds.</param>
/// <param name="ResidentBytes">Resident memory while all sessions are rewritten, no state being told.</param>
/// <param name="PeakBytes">The most of it when one is; redis: with what its child copied.</param>
internal sealed record StateSample(
    string Server, int Round, int Sessions, double Before, double During, double Worst, int Seconds,
    long ResidentBytes, long PeakBytes);
