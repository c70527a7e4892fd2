namespace SessionGateway.Commands;

/// <summary>What a node of a pair says in the words of Sentinel.</summary>
/// <param name="Name">The name under which Sentinels watch the pair.</param>
/// <param name="Primary">The primary's address, as this node sees it; empty: it does not know.</param>
/// <param name="Backup">The backup's; empty: there is none.</param>
/// <param name="Epoch">The configuration.</param>
/// <param name="Sentinels">Those that watch it: address and run id.</param>
/// <param name="Quorum">How many decide.</param>
public sealed record PairFigures(string Name, string Primary, string Backup, long Epoch,
    IReadOnlyList<(string Address, string RunId)> Sentinels, int Quorum);
