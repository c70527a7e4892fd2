using Microsoft.Extensions.Logging;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Hosting.Features;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Metrics;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.Transport;
using SessionGateway.Store;
using SessionGateway.Store.Mutations;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;

namespace SessionGateway.Gateway.Hosting;

/// <summary>The running server: store, event loops, listeners.</summary>
internal sealed class ServerRuntime : IDisposable
{
    // SIGTERM, as a container's runtime sends it, is followed by SIGKILL: a script gets a part of that time.
    private static readonly TimeSpan MostForScripts = TimeSpan.FromSeconds(3);

    private readonly ItemStore _store;
    private readonly CommandServices _services;
    private readonly EventLoop[] _loops;
    private readonly Thread[] _threads;
    private readonly TransportLog _log;
    private readonly FeatureSet _features;
    private readonly IReadOnlyList<BoundSocket> _sockets;
    private readonly Action _requestStop;

    private ServerRuntime(
        GatewayOptions options, TimeProvider time, ILoggerFactory loggers, Action requestStop,
        Func<ReplyGate, IMutationListener>? holder, CancellationToken loading,
        Action<IReadOnlyList<BoundListener>>? listening)
    {
        _log = new TransportLog(loggers.CreateLogger("SessionGateway.Transport"));
        _requestStop = requestStop;
        NativeHeap.GiveBackLargeBlocks();
        _sockets = OpenAll(options);
        Listeners = [.. _sockets.Select(s => new BoundListener(s.Address, s.Requested.Protocol))];
        int threads = options.EffectiveThreads;
        int maxConnections = DescriptorLimit.Connections(
            options.MaxConnections, threads, perConnection: options.Forwards ? 2 : 1);
        if (maxConnections < options.MaxConnections)
        {
            _log.ConnectionsCapped(maxConnections, options.MaxConnections, DescriptorLimit.Files);
        }

        _store = OpenStore(options, time);
        var registry = new ConnectionRegistry();
        var admission = new ConnectionAdmission(maxConnections);
        StrangerAccount strangers = OpenStrangers(options, admission);
        var services = new CommandServices
        {
            Store = _store,
            Limits = ClientLimits.From(options, maxConnections),
            Credentials = new Credentials(options.Auth),
            Logins = new LoginWatch(new LoginLog(loggers.CreateLogger("SessionGateway.Logins"))),
            Stats = new ServerStats(threads),
            Connections = registry,
            Time = time,
            Random = Random.Shared,
            StartedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Version = VersionText.Value,
            Port = PortForInfo(_sockets),
            MemcachedPort = MemcachedPort(_sockets),
            Backup = options.Backup,
            UnixPath = _sockets.FirstOrDefault(s => s.Requested.UnixPath is not null)?.Requested.UnixPath,
            Threads = threads,
            RequestStop = requestStop,
            RunId = $"{SystemRandom.Next():x16}{SystemRandom.Next():x16}{(uint)SystemRandom.Next():x8}",
        };
        _services = services;
        services.Resp.RedisVersion = options.RedisVersion;
        services.Resp.Debug = options.EnableDebugCommand;
        services.Resp.Note(options.SlowlogLogSlowerThan, options.SlowlogMaxLen, options.LatencyMonitorThreshold);
        ReplyGate? replies = holder is null && !options.HoldsReplies ? null : new ReplyGate();
        var settings = new LoopSettings
        {
            Clients = new ClientMemory(services.Limits.AllClientsBytes, _store, registry),
            StallTimeout = options.SendTimeout,
            IdleTimeout = options.IdleTimeout,
            LoginTimeout = options.LoginTimeout,
            Strangers = strangers,
            Admission = admission,
            Gate = replies,
            Settling = options.HoldsReplies
                ? new Settling(replies!, options.SyncsReplies ? Safety.Disk : Safety.None) : null,
            HoldLimits = ClientLimits.Held(options),
            Forwarder = !options.Forwards ? null : new Forwarder(options.IsAgent)
            {
                Hold = options.FailoverHold, Services = options.IsAgent ? null : services,
            },
        };
        _loops = new EventLoop[threads];
        for (int i = 0; i < threads; i++)
        {
            Poller poller = PollerFactory.Create(options.Transport, time, _log);
            _loops[i] = new EventLoop(i, threads, services, settings, poller, ProtocolTable.CreateProcessor, _log);
        }

        if (settings.Gate is { } gate && holder is not null)
        {
            _store.Listen(holder(gate));
        }

        registry.Loops = _loops;
        settings.Forwarder?.Loops = _loops;
        _features = new FeatureSet(GatewayFeatures.Create(), loggers);
        _features.Start(options, services, _loops);
        _loops[0].EverySecond = now =>
        {
            services.Gauges.Look(now, services.Stats, _store);
            _features.Look(now);
        };
        if (options.WhileLoading == WhileLoadingKind.Closed)
        {
            _features.Load(loading);
        }

        var intake = new ConnectionIntake(_loops, admission, _log);
        foreach (BoundSocket bound in _sockets)
        {
            // From now on connections are answered.
            bound.Listen(options.ListenBacklog);
            _loops[0].Listen(bound, intake);
        }

        _threads = [.. _loops.Select(StartThread)];
        listening?.Invoke(Listeners);
        if (options.WhileLoading != WhileLoadingKind.Closed)
        {
            LoadAnswering(loading);
        }
    }

    /// <summary>What listens where.</summary>
    public IReadOnlyList<BoundListener> Listeners { get; }

    /// <summary>Binds everything and starts to serve.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where is logged.</param>
    /// <param name="requestStop">Asks the process to drain and stop.</param>
    /// <param name="holder">Makes what decides which replies wait; null: none does.</param>
    /// <param name="loading">Ends the start while items are read.</param>
    /// <param name="listening">Hears what listens where when clients are answered, also while items are read.</param>
    /// <exception cref="StartupException">An address cannot be had.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static ServerRuntime Start(
        GatewayOptions options, TimeProvider time, ILoggerFactory loggers, Action requestStop,
        Func<ReplyGate, IMutationListener>? holder = null, CancellationToken loading = default,
        Action<IReadOnlyList<BoundListener>>? listening = null) =>
        new(options, time, loggers, requestStop, holder, loading, listening);

    /// <summary>Stops accepting, answers what has been received, closes. What is not done in time is cut off.</summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        TimeSpan forScripts = timeout / 2 < MostForScripts ? timeout / 2 : MostForScripts;
        _services.Resp.EndScripts((_services.Time.GetUtcNow() + forScripts).ToUnixTimeMilliseconds());
        PostToAll(LoopMessageKind.Drain);
        if (!await Task.Run(() => JoinAll(timeout)).ConfigureAwait(false))
        {
            PostToAll(LoopMessageKind.Stop);
            await Task.Run(() => JoinAll(TimeSpan.FromSeconds(1))).ConfigureAwait(false);
        }

        _features.Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        PostToAll(LoopMessageKind.Stop);
        if (!JoinAll(TimeSpan.FromSeconds(5)))
        {
            // A loop still runs: its buffers and the store are in use. The process ends anyway.
            return;
        }

        _features.Dispose();
        foreach (EventLoop loop in _loops)
        {
            loop.Dispose();
        }

        foreach (BoundSocket socket in _sockets)
        {
            socket.Socket.Dispose();
        }

        _store.Dispose();
    }

    private static List<BoundSocket> OpenAll(GatewayOptions options)
    {
        var sockets = new List<BoundSocket>();
        var inherited = InheritedSockets.Find();
        try
        {
            foreach (ListenAddress address in options.Listen)
            {
                sockets.Add(BoundSocket.Open(address, options.TcpKeepalive, inherited));
            }

            inherited.RequireAllTaken();
        }
        catch
        {
            sockets.ForEach(s => s.Socket.Dispose());
            throw;
        }

        return sockets;
    }

    private static SegmentItemStore OpenStore(GatewayOptions options, TimeProvider time)
    {
        try
        {
            return new SegmentItemStore(
                StoreOptions.From(options, SystemRandom.Next(), time) with { CasStart = RandomCasStart() })
            {
                PressureMarks = new PressureMarks(options.PressureHigh, options.PressureCritical),
            };
        }
        catch (OutOfMemoryException e)
        {
            throw new StartupException($"--memory {ByteSize.Format(options.MemoryBytes)} cannot be had: {e.Message}");
        }
    }

    // What strangers may hold is set aside at once: later none of their bytes moves a session.
    private StrangerAccount OpenStrangers(GatewayOptions options, ConnectionAdmission admission)
    {
        if (options.Auth.Count == 0)
        {
            return StrangerAccount.Unlimited();
        }

        long bytes = StrangerAccount.BytesOf(options.MemoryBytes);
        _store.CountBuffers(bytes);
        return new StrangerAccount(StrangerAccount.PlacesOf(admission.MaxConnections), bytes, admission);
    }

    // Nobody is answered any more when it fails.
    private void LoadAnswering(CancellationToken loading)
    {
        try
        {
            _features.Load(loading);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private Thread StartThread(EventLoop loop)
    {
        var thread = new Thread(() => RunLoop(loop)) { Name = $"loop-{loop.Index}", IsBackground = true };
        try
        {
            thread.Start();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            throw new StartupException($"thread {loop.Index + 1} of {_loops.Length} cannot be started: "
                + "raise the limit of processes (ulimit -u) or of memory, or lower --threads");
        }

        return thread;
    }

    // A loop that fails has lost its connections' state: the process stops rather than serve half its clients.
    private void RunLoop(EventLoop loop)
    {
        try
        {
            loop.Run();
        }
        catch (Exception e)
        {
            _log.LoopFailed(e, loop.Index);
            Environment.ExitCode = 1;
            _requestStop();
        }
    }

    private void PostToAll(LoopMessageKind kind)
    {
        foreach (EventLoop loop in _loops)
        {
            loop.Post(new LoopMessage(kind));
        }
    }

    private bool JoinAll(TimeSpan timeout)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        return _threads.All(t => t.Join((int)Math.Max(0, deadline - Environment.TickCount64)));
    }

    private static int PortForInfo(IReadOnlyList<BoundSocket> sockets)
    {
        BoundSocket? named = sockets.FirstOrDefault(s =>
            s.Requested.UnixPath is null && s.Requested.Protocol == Protocols.Detection.ListenerProtocol.Resp)
            ?? sockets.FirstOrDefault(s => s.Requested.UnixPath is null);
        return named?.Socket.LocalEndPoint is System.Net.IPEndPoint ip ? ip.Port : 0;
    }

    private static int MemcachedPort(IReadOnlyList<BoundSocket> sockets) => sockets
        .Where(s => s.Requested.UnixPath is null && s.Requested.Protocol != Protocols.Detection.ListenerProtocol.Resp)
        .Select(s => s.Socket.LocalEndPoint is System.Net.IPEndPoint ip ? ip.Port : 0).FirstOrDefault();

    // Above 2^50 as a cas unique: far from every number that a client makes up.
    private static ulong RandomCasStart() => (1UL << 44) | (SystemRandom.Next() >> 20);
}
