using SessionGateway.Commands;

namespace SessionGateway.Gateway.Replication;

/// <summary>Decides whose acknowledgements count and what has to be so without them; any thread.</summary>
internal interface IBackupPolicy
{
    /// <summary>Writes are refused before anything is done.</summary>
    bool RefusesWrites { get; }

    /// <summary>The link of a backup that is silent for longer is closed; null: whoever knows better does.</summary>
    TimeSpan? MostSilence { get; }

    /// <summary>What a replica acknowledges counts.</summary>
    bool IsBackup(ReplicaPeer peer);

    /// <summary>So many backups are there and have caught up.</summary>
    void OnBackupsChanged(int count);
}
