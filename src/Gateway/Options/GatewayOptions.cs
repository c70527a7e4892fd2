using System.Net;
using Microsoft.Extensions.Logging;
using SessionGateway.Commands;
using SessionGateway.Commands.Resp;
using SessionGateway.Commands.Resp.Server;
using SessionGateway.Protocols.Detection;
using SessionGateway.Store.Policies;

namespace SessionGateway.Gateway.Options;

/// <summary>
/// What the gateway is told at its start; immutable. <see cref="OptionTable"/> holds the names, ranges and the origin
/// of every default; docs/configuration.md is generated from it.
/// </summary>
internal sealed record GatewayOptions
{
    /// <summary>Bytes of the receive buffer that a loop's connections share.</summary>
    public const int LoopReceiveBytes = 64 << 10;

    /// <summary>Bytes that the reply buffer of a loop starts with.</summary>
    public const int LoopOutputBytes = 64 << 10;

    /// <summary>All defaults.</summary>
    public static GatewayOptions Default { get; } = new();

    /// <summary>What an agent starts with: it shares its machine with an application, and one loop forwards more than
    /// that asks for.</summary>
    public static GatewayOptions Agent { get; } = new() { IsAgent = true, Threads = 1, MemoryBytes = 64 << 20 };

    /// <summary>Where connections are accepted. Default: the ports of memcached and Redis, on loopback.</summary>
    public IReadOnlyList<ListenAddress> Listen { get; init; } =
    [
        ListenAddress.Tcp(new IPEndPoint(IPAddress.Loopback, 11211), ListenerProtocol.Auto),
        ListenAddress.Tcp(new IPEndPoint(IPAddress.Loopback, 6379), ListenerProtocol.Resp),
    ];

    /// <summary>Event loops; 0 = one per core (nginx worker_processes auto), at most
    /// <see cref="MostThreads"/>.</summary>
    public int Threads { get; init; }

    /// <summary>Bytes for items, their index and the buffers of connections.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>What happens to writes when memory is full of live items.</summary>
    public EvictionPolicy MemoryPolicy { get; init; } = EvictionPolicy.Protect;

    /// <summary>First characters of the keys whose sessions are anonymous until they are seen again.</summary>
    public IReadOnlyList<string> Anonymous { get; init; } = [];

    /// <summary>First characters of the keys whose items are cached data.</summary>
    public IReadOnlyList<string> Evictable { get; init; } = [];

    /// <summary>First characters of the keys whose values are kept compressed, and from which length.</summary>
    public IReadOnlyList<(string Prefix, int LeastBytes)> Compress { get; init; } = [];

    /// <summary>Copies a value although the item holds the same one already.</summary>
    public bool WriteIdentical { get; init; }

    /// <summary>Memory in use, in a hundred of <see cref="MemoryBytes"/>, from which the pressure is high.</summary>
    public int PressureHigh { get; init; } = 75;

    /// <summary>Memory in use, in a hundred of <see cref="MemoryBytes"/>, from which the pressure is
    /// critical.</summary>
    public int PressureCritical { get; init; } = 90;

    /// <summary>The version of Redis that INFO and HELLO tell.</summary>
    public string RedisVersion { get; init; } = RespServices.DefaultRedisVersion;

    /// <summary>Who may send DEBUG.</summary>
    public DebugAccess EnableDebugCommand { get; init; }

    /// <summary>What is told of keys until CONFIG SET says otherwise, in the letters of Redis'
    /// notify-keyspace-events.</summary>
    public string NotifyKeyspaceEvents { get; init; } = "";

    /// <summary>Longest value a memcached client may store (memcached -I, 1 MiB).</summary>
    public int MaxValueBytes { get; init; } = 1 << 20;

    /// <summary>Longest RESP bulk string (Redis proto-max-bulk-len, 512 MiB).</summary>
    public int MaxBulkBytes { get; init; } = 512 << 20;

    /// <summary>Connections at a time (Redis maxclients, 10,000).</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Requests of one connection executed before the next connection has its turn.</summary>
    public int RequestsPerTurn { get; init; } = 1024;

    /// <summary>Unsent bytes after which a connection's further requests wait.</summary>
    public int OutputSoftBytes { get; init; } = 256 << 10;

    /// <summary>When a connection whose peer does not read is closed, by class.</summary>
    public OutputLimits OutputLimit { get; init; } = OutputLimits.Default;

    /// <summary>Most that all connections may hold together; 0 = a quarter of <see cref="MemoryBytes"/>.</summary>
    public long ClientsMemoryBytes { get; init; }

    /// <summary>Most that one connection may hold; 0 = half of what all may.</summary>
    public long ClientMemoryBytes { get; init; }

    /// <summary>Replies of one connection that may wait until what they tell is safe.</summary>
    public int HeldRepliesBytes { get; init; } = 256 << 10;

    /// <summary>Replies of all connections that may; 0 = an eighth of what they may hold.</summary>
    public long HeldRepliesAllBytes { get; init; }

    /// <summary>Silence after which a connection is closed; zero = never (Redis timeout 0).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>How long a connection may take to log in when <see cref="Auth"/> asks for it; zero = for
    /// ever.</summary>
    public TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer may make no progress with reading its answers or finishing a large request.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Silence after which the system asks whether a client is still there (Redis tcp-keepalive, 300 s; the
    /// longest is what Linux takes, 32,767 s).</summary>
    public TimeSpan TcpKeepalive { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long SIGTERM waits for answers to be read (Redis shutdown-timeout, 10 s).</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long requests wait for the keys that a script keeps; zero = until it ends (Redis
    /// busy-reply-threshold).</summary>
    public TimeSpan BusyReplyThreshold { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most bytes that one script may use.</summary>
    public long ScriptMemoryBytes { get; init; } = 16 << 20;

    /// <summary>Most bytes that the engines of all scripts may take.</summary>
    public long ScriptsMemoryBytes { get; init; } = 128 << 20;

    /// <summary>Most scripts that are kept for EVALSHA.</summary>
    public int ScriptCache { get; init; } = 1000;

    /// <summary>Most bytes of them.</summary>
    public long ScriptCacheMemoryBytes { get; init; } = 8 << 20;

    /// <summary>Connections the kernel queues for accept (memcached -b, 1024).</summary>
    public int ListenBacklog { get; init; } = 1024;

    /// <summary>How bytes come in and go out: epoll on Linux, else sockets.</summary>
    public TransportKind Transport { get; init; } =
        OperatingSystem.IsLinux() ? TransportKind.Epoll : TransportKind.Socket;

    /// <summary>Who may log in; empty = nobody has to. The user of a bare password is <c>default</c>, as in
    /// Redis.</summary>
    public IReadOnlyList<(string User, string Password)> Auth { get; init; } = [];

    /// <summary>Allows listeners that other machines reach although <see cref="Auth"/> is empty.</summary>
    public bool Insecure { get; init; }

    /// <summary>Forwards everything to a primary and keeps nothing: <c>gateway agent</c>, and no option.</summary>
    internal bool IsAgent { get; init; }

    /// <summary>Servers of which one is the primary.</summary>
    public IReadOnlyList<ServerAddress> To { get; init; } = [];

    /// <summary>Sentinels that know the primary.</summary>
    public IReadOnlyList<ServerAddress> Sentinel { get; init; } = [];

    /// <summary>The name under which they do.</summary>
    public string MasterName { get; init; } = "mymaster";

    /// <summary>How long a forwarded request waits for a primary.</summary>
    public TimeSpan FailoverHold { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a replica does with requests for items.</summary>
    public BackupModeKind BackupMode { get; init; }

    /// <summary>Reads are answered by the replica that is asked.</summary>
    public BackupReadsKind BackupReads { get; init; }

    /// <summary>It shows itself as a cluster of one shard.</summary>
    public bool ClusterFace { get; init; }

    /// <summary>How it serves while another one is the primary.</summary>
    internal BackupRules Backup => new()
    {
        Mode = BackupMode switch
        {
            BackupModeKind.Forward => Commands.BackupMode.Forward,
            BackupModeKind.Redirect => Commands.BackupMode.Redirect,
            BackupModeKind.Moved => Commands.BackupMode.Moved,
            BackupModeKind.Auto when ClusterFace => Commands.BackupMode.Moved,
            _ => Commands.BackupMode.ReadOnly,
        },
        ReadsStay = BackupReads == BackupReadsKind.Local,
        HasClusterFace = ClusterFace,
    };

    /// <summary>Connections may be forwarded: each takes two places.</summary>
    internal bool Forwards => IsAgent || Backup.Mode != Commands.BackupMode.ReadOnly;

    /// <summary>Login at servers that may be the primary; an empty user is the default one.</summary>
    public (string User, string Password)? PrimaryAuth { get; init; }

    /// <summary>Login at Sentinels.</summary>
    public (string User, string Password)? SentinelAuth { get; init; }

    /// <summary>What outlives the process.</summary>
    public PersistKind Persist { get; init; }

    /// <summary>Where the append log is.</summary>
    public string DataDir { get; init; } = "";

    /// <summary>When the append log is brought to the disk.</summary>
    public FsyncKind Fsync { get; init; }

    /// <summary>After this time since the last state the log is written anew; zero = only for its length.</summary>
    public TimeSpan LogRewriteAfter { get; init; }

    /// <summary>What clients meet while the append log is read.</summary>
    public WhileLoadingKind WhileLoading { get; init; }

    /// <summary>Where the keys are that the log is encrypted with.</summary>
    public string DataKeyFile { get; init; } = "";

    /// <summary>Bytes of a segment of the append log.</summary>
    public long LogSegmentBytes { get; init; } = 64 << 20;

    /// <summary>The primary that is followed from the start; null: this is one.</summary>
    public (string Host, int Port)? Replicaof { get; init; }

    /// <summary>A node of a pair.</summary>
    public bool Pair { get; init; }

    /// <summary>The first start of a pair's first node.</summary>
    public bool Bootstrap { get; init; }

    /// <summary>The node's address as others know it; null: the first that it listens on.</summary>
    public ServerAddress? PairAddress { get; init; }

    /// <summary>How many Sentinels watch the pair.</summary>
    public int PairSentinels { get; init; } = 3;

    /// <summary>down-after-milliseconds of the Sentinels.</summary>
    public TimeSpan PairDownAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Who Sentinels and operators log in as; empty: any user.</summary>
    public string PairOperator { get; init; } = "";

    /// <summary>Who logs in at the primary; empty: only a password is sent.</summary>
    public string MasterUser { get; init; } = "";

    /// <summary>With what; empty: nobody logs in.</summary>
    public string MasterAuth { get; init; } = "";

    /// <summary>Bytes of the history that are kept for replicas.</summary>
    public long ReplBacklogSizeBytes { get; init; } = 64 << 20;

    /// <summary>How long it is kept when nobody reads it; zero = for ever (Redis repl-backlog-ttl).</summary>
    public TimeSpan ReplBacklogTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Silence after which a link is given up (Redis repl-timeout).</summary>
    public TimeSpan ReplTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often replicas are told that the primary lives (Redis repl-ping-replica-period).</summary>
    public TimeSpan ReplPingReplicaPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What has to have a write before it is acknowledged.</summary>
    public AckKind Ack { get; init; }

    /// <summary>What has to, while there is no backup.</summary>
    public AckAloneKind AckAlone { get; init; }

    /// <summary>How long a write waits for a backup.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Replies always wait for the disk.</summary>
    public bool SyncsReplies => Persist == PersistKind.Log && Fsync == FsyncKind.Batch;

    /// <summary>Replies may wait until what they tell is safe.</summary>
    public bool HoldsReplies => SyncsReplies || Ack != AckKind.Memory;

    /// <summary>Microseconds from which on a command is in SLOWLOG; -1: none is.</summary>
    public int SlowlogLogSlowerThan { get; init; } = 10_000;

    /// <summary>Entries of SLOWLOG.</summary>
    public int SlowlogMaxLen { get; init; } = 128;

    /// <summary>Milliseconds from which on LATENCY notes a command; 0: none.</summary>
    public int LatencyMonitorThreshold { get; init; }

    /// <summary>Least severe event that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Event loops whose own buffers take no more than a quarter of <see cref="MemoryBytes"/>.</summary>
    public int MostThreads => (int)Math.Clamp(MemoryBytes / 4 / (LoopReceiveBytes + LoopOutputBytes), 1, int.MaxValue);

    /// <summary>Event loops that really run.</summary>
    public int EffectiveThreads => Threads > 0 ? Threads : Math.Min(Environment.ProcessorCount, MostThreads);
}
