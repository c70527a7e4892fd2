using System.Diagnostics.Metrics;
using SessionGateway.Commands;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Pair;
using SessionGateway.Gateway.Replication;
using SessionGateway.Replication.Pair;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>A node of a pair (<c>--pair</c>): its rules run when the log is read.</summary>
internal sealed class PairFeature : IGatewayFeature
{
    // Detection, election and two hello periods (PairSettings.Lease).
    private const long LeaseBehindDownAfter = 8_000;

    private GatewayOptions _options = null!;
    private PairRunner? _runner;
    private PairFace? _face;
    private PairMemory? _memory;

    /// <inheritdoc/>
    public string Name => "Pair";

    /// <inheritdoc/>
    public IReadOnlyList<InfoAddition> Info => _face is null ? [] : [new InfoAddition("Replication", Write)];

    /// <inheritdoc/>
    public void Start(FeatureContext context)
    {
        _options = context.Options;
        if (!_options.Pair)
        {
            return;
        }

        var replicator = (Replicator)context.Services.Replication!;
        var log = new PairLog(context.Log);
        _memory = new PairMemory(PairStart.From(_options), _options.Bootstrap ? NewName() : "");
        long downAfter = (long)_options.PairDownAfter.TotalMilliseconds;
        var settings = new PairSettings
        {
            Sentinels = _options.PairSentinels,
            DownAfter = downAfter,
            Lease = downAfter + LeaseBehindDownAfter,
            Margin = ((downAfter + LeaseBehindDownAfter) / 100) + 1000,
            Gap = downAfter / 4,
            Ack = _options.Ack switch
            {
                AckKind.BackupAndDisk => PairAck.BackupAndDisk,
                AckKind.Backup => PairAck.Backup,
                _ => PairAck.Memory,
            },
            Alone = _options.AckAlone switch
            {
                AckAloneKind.Disk => AloneAck.Disk,
                AckAloneKind.Refuse => AloneAck.Refuse,
                _ => AloneAck.Memory,
            },
        };
        TimeProvider time = context.Services.Time;
        var hands = new PairHands(replicator, context.Store, context.Loops, context.Services,
            _options.ListenBacklog, time);
        _runner = new PairRunner(settings, _memory, hands, context.Settling!, time, log);
        _face = new PairFace(_runner, _memory, settings, hands, context.Services, _options.PairOperator,
            _options.MasterName, log);
        replicator.Pair = _face;
        context.Services.Pair = _face;
    }

    /// <inheritdoc/>
    public void Load(CancellationToken cancellation) =>
        _runner?.Start(_options.Bootstrap, _options.Replicaof is not null);

    /// <inheritdoc/>
    public void AddInstruments(Meter meter)
    {
        if (_face is { } face)
        {
            meter.CreateObservableGauge("pair_state", () => face.Shown is { Leads: true } shown
                ? shown.IsPaired ? 2 : 1 : 0, null, "2: primary of two, 1: primary alone, 0: no primary.");
            meter.CreateObservableGauge("pair_sentinels", () => face.Shown.Sentinels, "{sentinel}",
                "Sentinels that were heard lately.");
        }
    }

    /// <inheritdoc/>
    public void Stop() => _runner?.Dispose();

    private static string NewName() =>
        $"{SystemRandom.Next():x16}{SystemRandom.Next():x16}{(uint)SystemRandom.Next():x8}";

    private void Write(IInfoLines lines)
    {
        PairShown shown = _face!.Shown;
        lines.Add("pair_role", shown.Word);
        lines.Add("pair_members", shown.IsPaired ? 2 : 1);
        lines.Add("pair_epoch", shown.Epoch);
        lines.Add("pair_link", shown.IsLinked ? "up" : "down");
        lines.Add("pair_sentinels", shown.Sentinels);
        lines.Add("pair_peer", _memory!.Peer.Length > 0 ? _memory.Peer : "none");
    }
}
