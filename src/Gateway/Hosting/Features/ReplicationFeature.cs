using SessionGateway.Commands;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Replication;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>Primary and replicas (<c>--replicaof</c>, REPLICAOF, PSYNC).</summary>
internal sealed class ReplicationFeature : IGatewayFeature
{
    private FeatureContext _context = null!;
    private Replicator? _replicator;

    /// <inheritdoc/>
    public string Name => "Replication";

    /// <inheritdoc/>
    public IReadOnlyList<InfoAddition> Info => [new InfoAddition("Replication", Write)];

    /// <inheritdoc/>
    public void Start(FeatureContext context)
    {
        _context = context;
        Backups? backups = null;
        if (context.Settling is { } settling && context.Options.Ack != AckKind.Memory)
        {
            backups = new Backups(
                settling, context.Options.Pair ? new PairBackups() : new PlainBackups(settling, context.Options));
        }

        _replicator = new Replicator(
            context.Services, context.Loops, context.Options, SystemRandom.Next, new ReplicationLog(context.Log),
            backups);
        context.Services.Replication = _replicator;
        if (context.Loops[0].Settings.Forwarder is { } forwarder)
        {
            _replicator.PlaceChanged = forwarder.Move;
            if (context.Options.Replicaof is { } primary)
            {
                forwarder.Move(PrimaryPlace.Awaited(
                    new PrimaryAddress(primary.Host, primary.Port, SpeaksMemcached: true)));
            }
        }
    }

    /// <inheritdoc/>
    public void Load(CancellationToken cancellation)
    {
        if (_replicator!.Backups is { } backups)
        {
            // Behind the log: its positions go on there, and what it brings is settled.
            _context.Store.Listen(backups.Settling);
            _context.Store.Guard(backups.Settling);
        }

        if (_context.Options is { Pair: false, Replicaof: { } primary })
        {
            _replicator!.Follow(primary.Host, primary.Port);
        }
    }

    /// <inheritdoc/>
    public void Look(long now)
    {
        if (_context.Services.Loading is null)
        {
            _replicator!.Look(now);
        }
    }

    /// <inheritdoc/>
    public void Stop() => _replicator?.Dispose();

    private void Write(IInfoLines lines)
    {
        lines.Add("slave_refused_commands", _replicator!.Figures().Primary?.Failures ?? 0);
        if (_replicator.Backups is { } backups)
        {
            lines.Add("ack_rule", WordOf(backups.Settling.Rule));
            lines.Add("ack_backups", backups.Count);
            lines.Add("ack_written_position", backups.Settling.Written);
            lines.Add("ack_position", backups.Settling.Released);
        }
    }

    private static string WordOf(Safety rule) => rule switch
    {
        Safety.None => "memory",
        _ when (rule & Safety.Never) != 0 => "refuse",
        Safety.Disk => "disk",
        Safety.Backup => "backup",
        _ => "backup+disk",
    };
}
