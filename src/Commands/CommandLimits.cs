namespace SessionGateway.Commands;

/// <summary>Limits that commands and codecs keep. Units in the names; the origin of each default stands with its
/// option.</summary>
public sealed record CommandLimits
{
    /// <summary>Longest value a memcached client may store (memcached -I).</summary>
    public int MaxValueBytes { get; init; } = 1 << 20;

    /// <summary>Longest RESP bulk string (Redis proto-max-bulk-len).</summary>
    public int MaxBulkBytes { get; init; } = 512 << 20;

    /// <summary>Most that one connection may hold: what it sent, what waits for it, what commands keep for
    /// it.</summary>
    public long ClientBytes { get; init; } = 1 << 30;

    /// <summary>Most that all connections may hold together; those that hold most are closed (Redis
    /// maxmemory-clients).</summary>
    public long AllClientsBytes { get; init; } = 1L << 40;

    /// <summary>When a connection that does not read its answers is closed.</summary>
    public OutputLimit NormalOutput { get; init; } = new(1 << 30);

    /// <summary>When a subscriber that does not read its messages is closed.</summary>
    public OutputLimit PubSubOutput { get; init; } = new(1 << 30);

    /// <summary>Most bytes of one turn's answers.</summary>
    public int MaxOutputBytes => (int)Math.Min(Math.Max(NormalOutput.HardBytes, PubSubOutput.HardBytes), 1 << 30);

    /// <summary>Output after which a connection's requests wait until it is sent.</summary>
    public int OutputSoftBytes { get; init; } = 256 << 10;

    /// <summary>
    /// Requests executed for one connection before others have their turn, and the work of as many requests for a long
    /// one.
    /// </summary>
    public int RequestsPerTurn { get; init; } = 1024;

    /// <summary>
    /// Time after which a turn ends whatever is left of its requests. A millisecond: twenty busy connections on one
    /// loop still answer everybody within 20 ms.
    /// </summary>
    public TimeSpan TurnTime { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Most arguments of a command, or of all commands between MULTI and EXEC, that is executed as one step. The step
    /// holds its shards for about 10 ms then.
    /// </summary>
    public int AtomicArguments { get; init; } = 32_768;

    /// <summary>Bytes of keys that KEYS collects at most; beyond it the answer is an error that names SCAN.</summary>
    public int KeysReplyBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Units of work after which the remaining commands of a transaction are refused. A bound for commands whose work
    /// does not show in their arguments, as KEYS and GET of large values.
    /// </summary>
    public int AtomicWork { get; init; } = 65_536;

    /// <summary>Most bytes that one script may use; Redis has no limit. Its garbage is collected in a few milliseconds
    /// then.</summary>
    public long ScriptBytes { get; init; } = 16 << 20;

    /// <summary>Most bytes that the engines of all scripts may take.</summary>
    public long AllScriptsBytes { get; init; } = 128 << 20;

    /// <summary>Most scripts that are kept for EVALSHA.</summary>
    public int CachedScripts { get; init; } = 1000;

    /// <summary>Most bytes that they are counted with.</summary>
    public long CachedScriptBytes { get; init; } = 8 << 20;

    /// <summary>Most bytes of a reply that a script's command gives the script.</summary>
    public int ScriptReplyBytes { get; init; } = 16 << 20;

    /// <summary>Silence after which a connection is closed; zero = never. Kept by the loops; CONFIG GET tells
    /// it.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>Most connections at a time.</summary>
    public int MaxConnections { get; init; } = 10_000;
}
