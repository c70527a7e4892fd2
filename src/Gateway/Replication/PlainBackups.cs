using SessionGateway.Commands;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// Without a pair: every gateway that is a replica is a backup while it is there and has caught up; without one
/// <c>--ack-alone</c> decides.
/// </summary>
internal sealed class PlainBackups : IBackupPolicy
{
    private readonly Settling _settling;
    private readonly GatewayOptions _options;
    private volatile bool _isAlone;

    /// <summary>Begins alone.</summary>
    public PlainBackups(Settling settling, GatewayOptions options)
    {
        (_settling, _options) = (settling, options);
        OnBackupsChanged(0);
    }

    /// <inheritdoc/>
    public bool RefusesWrites => _isAlone && !_settling.Follows && _options.AckAlone == AckAloneKind.Refuse;

    /// <inheritdoc/>
    public TimeSpan? MostSilence => _options.AckTimeout;

    /// <summary>What a write has to have while there are backups.</summary>
    public static Safety Together(AckKind ack) => ack switch
    {
        AckKind.Backup => Safety.Backup,
        AckKind.BackupAndDisk => Safety.Backup | Safety.BackupDisk | Safety.Disk,
        _ => Safety.None,
    };

    /// <summary>What a write has to have while there is none.</summary>
    public static Safety Alone(AckAloneKind alone) => alone switch
    {
        AckAloneKind.Disk => Safety.Disk,
        AckAloneKind.Refuse => Safety.Never,
        _ => Safety.None,
    };

    /// <inheritdoc/>
    public bool IsBackup(ReplicaPeer peer) => peer.TakesRecords;

    /// <inheritdoc/>
    public void OnBackupsChanged(int count)
    {
        if (_options.Ack != AckKind.Memory)
        {
            _isAlone = count == 0;
            _settling.Set(_isAlone ? Alone(_options.AckAlone) : Together(_options.Ack));
        }
    }
}
