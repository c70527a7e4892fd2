using SessionGateway.Commands.Memcached;
using SessionGateway.Commands.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands;

/// <summary>What all commands of the process share.</summary>
public sealed class CommandServices
{
    private LoadProgress? _loading;
    private PrimaryAddress? _primaryElsewhere;
    private bool _isFenced;

    /// <summary>The items.</summary>
    public required ItemStore Store { get; init; }

    /// <summary>Limits.</summary>
    public required CommandLimits Limits { get; init; }

    /// <summary>Who may log in.</summary>
    public required Credentials Credentials { get; init; }

    /// <summary>Hears of failed logins; null when nobody does.</summary>
    public ILoginWatch? Logins { get; init; }

    /// <summary>Counters.</summary>
    public required ServerStats Stats { get; init; }

    /// <summary>What is known by looking once a second.</summary>
    public Gauges Gauges { get; } = new();

    /// <summary>Open connections.</summary>
    public required IConnectionRegistry Connections { get; init; }

    /// <summary>Time and timers.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Processor time of the thread that asks: bounds the steps of scripts.</summary>
    public TimeProvider ThreadTime { get; init; } = Scripting.ThreadTime.Instance;

    /// <summary>Measures commands (SLOWLOG, INFO commandstats); <see cref="Time"/> unless another is given.</summary>
    public TimeProvider CommandTime
    {
        get => field ?? Time;
        init;
    }

    /// <summary>Source of randomness.</summary>
    public required Random Random { get; init; }

    /// <summary>Unix milliseconds of the start.</summary>
    public required long StartedAt { get; init; }

    /// <summary>Version of the gateway.</summary>
    public required string Version { get; init; }

    /// <summary>Port that INFO and stats name to who came by a unix socket: the first RESP, or the first TCP listener;
    /// 0 without one.</summary>
    public required int Port { get; init; }

    /// <summary>Port that INFO and stats name to a client: the one it uses.</summary>
    public int PortFor(ClientConnection client) => client.LocalPort is > 0 and var port ? port : Port;

    /// <summary>Event loops.</summary>
    public required int Threads { get; init; }

    /// <summary>Asks the process to drain and stop (SHUTDOWN).</summary>
    public required Action RequestStop { get; init; }

    /// <summary>Name of this run, 40 hexadecimal digits, new with every start (INFO run_id).</summary>
    public string RunId { get; init; } = new('0', 40);

    /// <summary>Path of the first unix socket that is listened on (stats settings); null without one.</summary>
    public string? UnixPath { get; init; }

    /// <summary>What parts of the gateway add to INFO and stats.</summary>
    public IReadOnlyList<InfoAddition> InfoAdditions { get; set; } = [];

    /// <summary>Keys that scripts keep between their steps.</summary>
    public KeyClaims Claims { get; } = new();

    /// <summary>What outlives the process; null when nothing does, and while it is being read
    /// (<see cref="Loading"/>).</summary>
    public IPersistence? Persistence { get; set; }

    /// <summary>Primaries and replicas; null where there are none. Set before the loops run.</summary>
    public IReplication? Replication { get; set; }

    /// <summary>The pair that this node belongs to; null: to none. Set before the loops run.</summary>
    public IPairing? Pair { get; set; }

    /// <summary>Nobody is served: this node of a pair is not its primary, or does not know that it still is.</summary>
    public bool IsFenced
    {
        get => Volatile.Read(ref _isFenced);
        set => Volatile.Write(ref _isFenced, value);
    }

    /// <summary>Where the log is, also while it is being read; null without one. Set before the loops run.</summary>
    public LogPlace? LogPlace { get; set; }

    /// <summary>The items are being read from the disk, and commands on them are refused; null when they are there.
    /// Set before the loops run, and to null once, when everything else is in its place.</summary>
    public LoadProgress? Loading
    {
        get => Volatile.Read(ref _loading);
        set => Volatile.Write(ref _loading, value);
    }

    /// <summary>The primary is another process: requests for items go there, or are told so. Null: this one is it, or
    /// answers as a replica itself. Set by who knows where the primary is; from any thread.</summary>
    public PrimaryAddress? PrimaryElsewhere
    {
        get => Volatile.Read(ref _primaryElsewhere);
        set => Volatile.Write(ref _primaryElsewhere, value);
    }

    /// <summary>What is done with requests for items while the primary is another process; set before the loops
    /// run.</summary>
    public BackupRules Backup { get; set; } = new();

    /// <summary>The port on which memcached text is understood; 0: none.</summary>
    public int MemcachedPort { get; init; }

    /// <summary>What all memcached connections share.</summary>
    public MemcachedServices Memcached { get; } = new();

    /// <summary>What all RESP connections share.</summary>
    public RespServices Resp { get; } = new();
}
