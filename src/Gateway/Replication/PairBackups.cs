using SessionGateway.Commands;

namespace SessionGateway.Gateway.Replication;

/// <summary>In a pair the other node is the backup, and the pair's rules decide what has to be so without it.</summary>
internal sealed class PairBackups : IBackupPolicy
{
    /// <summary>The pair; set before the loops run.</summary>
    public IPairLink? Pair { get; set; }

    /// <inheritdoc/>
    public bool RefusesWrites => Pair is { RefusesWrites: true };

    /// <inheritdoc/>
    public TimeSpan? MostSilence => null;

    /// <inheritdoc/>
    public bool IsBackup(ReplicaPeer peer) => Pair is { } pair && pair.IsBackup(peer);

    /// <inheritdoc/>
    public void OnBackupsChanged(int count)
    {
    }
}
