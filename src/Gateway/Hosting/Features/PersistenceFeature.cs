using System.Diagnostics.Metrics;
using SessionGateway.Commands;
using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Persistence;
using SessionGateway.Store;
using SessionGateway.Store.Following;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>
/// The append log (<c>--persist log</c>): reads it back before anybody is served, then has everything that happens to
/// the items written to it.
/// </summary>
internal sealed class PersistenceFeature : IGatewayFeature
{
    // Uniques that were given and not recovered are not given again; 2^23 starts fit below 2^53.
    private const ulong LostUniques = 1UL << 30;

    private ItemStore _store = null!;
    private PersistenceLog _log = null!;
    private DiskStorage? _storage;
    private LogIntake? _intake;
    private LogListener? _listener;
    private FeatureContext _context = null!;
    private volatile LogThread? _thread;
    private long _countedBytes;

    /// <inheritdoc/>
    public string Name => "Persistence";

    /// <inheritdoc/>
    public IReadOnlyList<InfoAddition> Info => _storage is null ? [] : [new InfoAddition("Persistence", Write)];

    /// <inheritdoc/>
    public void Start(FeatureContext context)
    {
        if (context.Options.Persist == PersistKind.None)
        {
            return;
        }

        _store = context.Store;
        _log = new PersistenceLog(context.Log);
        _context = context;
        _storage = DiskStorage.OpenDirectory(context.Options.DataDir);
        context.Services.LogPlace = new LogPlace(
            Path.GetFullPath(context.Options.DataDir),
            context.Options.Fsync switch
            {
                FsyncKind.Batch => "always",
                FsyncKind.No => "no",
                _ => "everysec",
            });
        context.Services.Loading = new LoadProgress
        {
            StartedAt = context.Services.Time.GetUtcNow().ToUnixTimeSeconds(),
            TellsMemcached = context.Options.WhileLoading == WhileLoadingKind.Error,
        };
    }

    /// <inheritdoc/>
    public void Load(CancellationToken cancellation)
    {
        if (_storage is null)
        {
            return;
        }

        try
        {
            Load(_context, _storage, cancellation);
        }
        catch (Exception e) when (e is IOException or LogException)
        {
            throw new StartupException(e is LogException { CanBeRepaired: true }
                ? $"{e.Message}. To go on without it: gateway repair {_context.Options.DataDir}"
                : $"--data-dir {_context.Options.DataDir}: {e.Message}");
        }

        _context.Services.Loading = null;
    }

    /// <inheritdoc/>
    public void AddInstruments(Meter meter)
    {
        if (_storage is not null)
        {
            meter.CreateObservableGauge("gateway.persistence.degraded", () => Writer is { IsDegraded: true } ? 1 : 0);
            meter.CreateObservableGauge("gateway.persistence.log.size", () => Writer?.LogBytes ?? 0, "By");
            meter.CreateObservableGauge("gateway.persistence.queue.size", () => _intake?.QueuedBytes ?? 0, "By");
            meter.CreateObservableCounter("gateway.persistence.failures", () => Writer?.Failures ?? 0);
        }
    }

    /// <inheritdoc/>
    public void Look(long now)
    {
        if (_thread is { } thread)
        {
            long held = _intake!.QueuedBytes;
            _store.CountBuffers(held - _countedBytes);
            _countedBytes = held;
            thread.LookAtSize(_store.UsedBytes, _context.Options.LogRewriteAfter);
        }
    }

    /// <inheritdoc/>
    public void Stop()
    {
        if (_thread is not null)
        {
            _store.Unlisten(_listener!);
            _thread.Dispose();
        }

        _storage?.Dispose();
    }

    private LogWriter? Writer => _thread?.Writer;

    private void Load(FeatureContext context, DiskStorage storage, CancellationToken cancellation)
    {
        GatewayOptions options = context.Options;
        TimeProvider time = context.Services.Time;
        var keys = KeySource.Open(
            options.DataKeyFile, Environment.GetEnvironmentVariable(EnvironmentSource.DataKey), _log);
        var loading = new LogLoading(storage, _store, time, _log, context.Services.Loading!, cancellation);
        LogPast past = loading.Run(Guid.NewGuid(), keys.Keys);
        _store.RaiseCas(past.HighestCas + LostUniques);

        // Every segment says which uniques may have been given before it, also those that no record tells of.
        past = past with { HighestCas = _store.LastCas };
        _store.Mutations.ContinueFrom(past.Position);
        var settings = new LogSettings
        {
            Sync = (SyncPolicy)options.Fsync, SegmentBytes = options.LogSegmentBytes, KeyOfNextSegment = keys.Next,
            RoomBytes = LogSettings.MostRoomBytes,
        };
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        _intake = new LogIntake(settings, past, now);
        var thread = new LogThread(
            _intake, watch => new LogWriter(storage, _intake, settings, past, time, watch),
            new StateWalk(_store, _intake, settings, time), settings, context.Settling, time, _log);

        // The first segment: what clients do later is in it, or known not to be. On a disk that takes none the items
        // that were read are served all the same, and the log is as on a disk that fails later.
        thread.Writer.Turn();
        var pace = new WritePace(_intake, settings.QueueBytes, () => thread.Writer.CallTime);
        _listener = new LogListener(_intake, pace, context.Settling, thread);
        _store.Listen(_listener);
        context.Services.Persistence = new PersistenceFigures(
            thread, _intake, _store, () => context.Settling is { NeedsDisk: true }, time);
        if (context.Settling is { } settling)
        {
            settling.OnDurable(past.Position);
            settling.Gate.TurnEnded += thread.OnTurnEnded;
            settling.RuleChanged += thread.WantSync;
        }

        foreach (EventLoop loop in context.Loops)
        {
            loop.Pace = new LoopPace(loop, pace.TakeOutrun, pace.HasRoom);
        }

        thread.Start();
        _thread = thread;
    }

    private void Write(IInfoLines lines)
    {
        if (Writer is not { } writer)
        {
            lines.Add("persistence", "loading");
            return;
        }

        lines.Add("persistence", writer.IsDegraded ? "degraded" : "ok");
        lines.Add("persistence_failures", writer.Failures);
        lines.Add("log_bytes", writer.LogBytes);
        lines.Add("log_segments", writer.SegmentCount);
        lines.Add("log_key", writer.KeyId ?? "none");
        lines.Add("log_queued_bytes", _intake!.QueuedBytes);
        lines.Add("log_position", _store.Mutations.Position);
        lines.Add("log_written_position", writer.WrittenPosition);
        lines.Add("log_synced_position", writer.SyncedPosition);
        lines.Add("log_syncs", writer.Syncs);
        lines.Add("log_last_sync_usec", (long)writer.LastSync.TotalMicroseconds);
        lines.Add("log_slowest_sync_usec", (long)writer.SlowestSync.TotalMicroseconds);
    }
}
