using SessionGateway.Commands;
using SessionGateway.Gateway.Logging;
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
        _replicator = new Replicator(
            context.Services, context.Loops, context.Options, SystemRandom.Next, new ReplicationLog(context.Log));
        context.Services.Replication = _replicator;
    }

    /// <inheritdoc/>
    public void Load(CancellationToken cancellation)
    {
        if (_context.Options.Replicaof is { } primary)
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
    }
}
