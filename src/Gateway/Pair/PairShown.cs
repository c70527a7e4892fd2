using SessionGateway.Replication.Pair;

namespace SessionGateway.Gateway.Pair;

/// <summary>What a node of a pair is, as of its last step.</summary>
/// <param name="Role">Its role.</param>
/// <param name="Word">The role in words.</param>
/// <param name="Leads">It is primary and acts.</param>
/// <param name="IsPaired">Writes wait for the other node.</param>
/// <param name="IsLinked">The replication link stands.</param>
/// <param name="IsReady">PING is answered PONG.</param>
/// <param name="ShowsMaster">INFO says master.</param>
/// <param name="CanPromote">Sentinel may promote it.</param>
/// <param name="MayNotDecide">It was one of two and has restarted.</param>
/// <param name="IsNeverActive">It is a backup that was not asked to be primary.</param>
/// <param name="RefusesWrites">It is alone, and alone nothing is acknowledged.</param>
/// <param name="Epoch">Its config epoch.</param>
/// <param name="Sentinels">Sentinels that were heard lately.</param>
internal sealed record PairShown(
    PairRole Role, string Word, bool Leads, bool IsPaired, bool IsLinked, bool IsReady, bool ShowsMaster,
    bool CanPromote, bool MayNotDecide, bool IsNeverActive, bool RefusesWrites, long Epoch, int Sentinels)
{
    /// <summary>Before the state file is read.</summary>
    public static PairShown Before { get; } = new(
        PairRole.Joining, "joining", false, false, false, false, false, false, false, false, false, 0, 0);
}
