using Microsoft.Extensions.Logging;
using SessionGateway.Commands.Resp;
using SessionGateway.Commands.Resp.Server;
using SessionGateway.Store.Policies;

namespace SessionGateway.Gateway.Options;

/// <summary>All options, in the order of the help.</summary>
internal static class OptionTable
{
    private const int Mega = 1 << 20;

    /// <summary>The table.</summary>
    public static IReadOnlyList<OptionDescriptor> All { get; } =
    [
        new()
        {
            Name = "listen",
            Value = "ADDRESS",
            Summary = "Accepts connections here; repeatable, replaces the defaults. Without a protocol it is auto. "
                + "Port 0 takes a free port. ?mode= and ?group= say who may use a unix socket (memcached -a, Redis "
                + "unixsocketperm); without them the umask does. Quote the & in a shell.",
            Origin = "the ports of memcached and Redis; loopback, because neither protocol is encrypted",
            Range = "HOST:PORT[/PROTOCOL] or unix:PATH[/PROTOCOL][?mode=0770&group=NAME]; PROTOCOL is auto, memcached "
                + "or resp",
            Show = o => string.Join(", ", o.Listen),
            IsRepeatable = true,
            Set = ListOptions.SetListen,
        },
        new()
        {
            Name = "auth",
            Value = "[USER:]PASSWORD",
            Summary =
                "Asks every connection to log in (RESP AUTH, SASL PLAIN, memcached ASCII authentication); repeatable. "
                    + "Without USER it is 'default'. The environment and files hide it from process lists.",
            Origin = "Redis requirepass: none",
            Range = "a user of up to 255 bytes without a blank; a password of 1 to 1024 bytes, not only blanks",
            Show = o => o.Auth.Count == 0 ? "none" : "set",
            IsRepeatable = true,
            Set = ListOptions.SetAuth,
        },
        OptionKinds.Switch("insecure",
            "Allows --listen on addresses that other machines reach although nobody has to log in.",
            "Redis protected-mode: off means asked for",
            o => o.Insecure, (o, v) => o with { Insecure = v }),
        OptionKinds.Size("memory", 8 * Mega, 1L << 44,
            "Memory for items, their index and what connections have received and not yet sent; not more than the "
                + "machine has.",
            "sized for about 100,000 sessions of 4 KB; memcached -m is 64m",
            o => o.MemoryBytes, (o, v) => o with { MemoryBytes = v }),
        OptionKinds.Choice("memory-policy", ["protect", "evict-lru", "volatile-ttl"],
            "What a write does when memory is full of live items. protect: it takes memory from --anonymous, then "
            + "from --evictable items, else it is refused. evict-lru: the items longest not accessed go, as in "
            + "memcached. "
            + "volatile-ttl: those go that expire first, as in Redis; items without expiry stay.",
            "a session store must not log users out in silence; Redis noeviction",
            o => (int)o.MemoryPolicy, (o, v) => o with { MemoryPolicy = (EvictionPolicy)v }),
        KeyRuleOptions.Prefixes("anonymous",
            "Sessions whose keys start with PREFIX count as anonymous until they are read or written a second time; "
                + "when "
            + "memory is full they go first, the oldest before the others. Repeatable.",
            "nobody but the operator knows which keys crawlers fill",
            o => o.Anonymous, (o, v) => o with { Anonymous = v }),
        KeyRuleOptions.Prefixes("evictable",
            "Items whose keys start with PREFIX are cached data; when memory is full those longest not accessed go, "
                + "under "
            + "any --memory-policy. Repeatable; of several prefixes of both kinds the longest counts.",
            "nobody but the operator knows which keys are a cache",
            o => o.Evictable, (o, v) => o with { Evictable = v }),
        new()
        {
            Name = "compress",
            Value = "PREFIX[=SIZE]",
            Summary =
                "Keeps values of SIZE (1k without it) and more compressed when their keys start with PREFIX and they "
                    + "become shorter by an eighth. Repeatable; the longest prefix counts.",
            Origin = "costs about 10 us to write and 5 us to read 1 KB, saves 80 % of serialized text",
            Range = "as --anonymous; SIZE 64 to 512m; what follows the last = is the SIZE",
            Show = KeyRuleOptions.ShowCompress,
            IsRepeatable = true,
            Set = KeyRuleOptions.SetCompress,
        },
        OptionKinds.Switch("write-identical",
            "Copies a value although the item holds the same one already, instead of only renewing its expiry and cas "
                + "unique.",
            "PHP writes every session back with every page; to compare costs less than to copy",
            o => o.WriteIdentical, (o, v) => o with { WriteIdentical = v }),
        OptionKinds.Number("pressure-high", 1, 99,
            "Percent of --memory without its reserve from which the state memory_pressure is high; less than "
                + "--pressure-critical.",
            "operators' habit for disks and heaps",
            o => o.PressureHigh, (o, v) => o with { PressureHigh = v }),
        OptionKinds.Number("pressure-critical", 2, 100,
            "Percent of --memory without its reserve from which the state memory_pressure is critical.",
            "operators' habit for disks and heaps",
            o => o.PressureCritical, (o, v) => o with { PressureCritical = v }),
        new()
        {
            Name = "notify-keyspace-events",
            Value = "LETTERS",
            Summary = "What is published about keys at the start, as K (channels of keys), E (channels of events) and "
                + "classes g $ l s h z x e t d m n, A for all but m and n. CONFIG SET changes it.",
            Origin = "Redis notify-keyspace-events; Spring Session sets gxE itself",
            Range = "letters of Ag$lshzxeKEtmdn, none = nothing",
            Show = o => o.NotifyKeyspaceEvents,
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                if (!RespServices.IsEventLetters(values[0]))
                {
                    return $"'{values[0]}' has letters that are not of Ag$lshzxeKEtmdn";
                }

                options = options with { NotifyKeyspaceEvents = values[0] };
                return null;
            },
        },
        new()
        {
            Name = "redis-version",
            Value = "VERSION",
            Summary = "The version of Redis that INFO and HELLO tell. Clients choose their commands by it.",
            Origin = "what Valkey tells (ADR 0018)",
            Range = "three numbers, such as 7.2.4",
            Show = o => o.RedisVersion,
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                if (values[0].Length > 32 || !Version.TryParse(values[0], out Version? version) || version.Build < 0
                    || version.Revision >= 0)
                {
                    return $"'{values[0]}' is not a version such as 7.2.4";
                }

                options = options with { RedisVersion = values[0] };
                return null;
            },
        },
        OptionKinds.Choice("enable-debug-command", ["no", "local", "yes"],
            "Who may send DEBUG SLEEP, OBJECT and SET-ACTIVE-EXPIRE: nobody, connections of this machine, everybody. "
                + "For tests.",
            "Redis enable-debug-command",
            o => (int)o.EnableDebugCommand, (o, v) => o with { EnableDebugCommand = (DebugAccess)v }),
        OptionKinds.Number("threads", 0, 1024,
            "Event loops; 0 = one per core. Each holds 128k for its buffers, together at most a quarter of --memory.",
            "nginx worker_processes auto",
            o => o.Threads, (o, v) => o with { Threads = v }),
        OptionKinds.Choice("transport", ["epoll", "socket"],
            "How bytes come in and go out: epoll (Linux) or the portable socket.",
            "epoll costs less CPU per request; elsewhere than on Linux the default is socket",
            o => (int)o.Transport, (o, v) => o with { Transport = (TransportKind)v }),
        OptionKinds.Size("max-value", 1024, 512 * Mega,
            "Longest value a memcached client may store; at most a quarter of --memory: it must fit beside what its "
                + "connection received.",
            "memcached -I",
            o => o.MaxValueBytes, (o, v) => o with { MaxValueBytes = (int)v }),
        OptionKinds.Size("max-bulk", Mega, 512 * Mega,
            "Longest RESP bulk string, if one connection may hold it (--client-memory) and --memory has room for it "
                + "beside that.",
            "Redis proto-max-bulk-len",
            o => o.MaxBulkBytes, (o, v) => o with { MaxBulkBytes = (int)v }),
        OptionKinds.Number("max-connections", 1, 1_000_000,
            "Connections at a time; more are told so and closed.",
            "Redis maxclients",
            o => o.MaxConnections, (o, v) => o with { MaxConnections = v }),
        OptionKinds.Time("idle-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromDays(20), "never",
            "Closes connections that have been silent this long. A persistent PHP connection loses its next request by "
                + "it.",
            "Redis timeout",
            o => o.IdleTimeout, (o, v) => o with { IdleTimeout = v }),
        OptionKinds.Time("login-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "never",
            "Closes connections that have not logged in after this time (with --auth). They hold at most a quarter of "
            + "--max-connections; when more come, the oldest of them goes.",
            "clients log in with their first bytes; sshd LoginGraceTime is for people who type",
            o => o.LoginTimeout, (o, v) => o with { LoginTimeout = v }),
        OptionKinds.Time("send-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), null,
            "Closes connections that for this long neither read their answers nor go on with a large request.",
            "nginx send_timeout",
            o => o.SendTimeout, (o, v) => o with { SendTimeout = v }),
        OptionKinds.Time("tcp-keepalive", TimeSpan.FromSeconds(3), TimeSpan.FromHours(9), null,
            "After this silence the system asks a client whether it is still there, three times in a third of it each.",
            "Redis tcp-keepalive",
            o => o.TcpKeepalive, (o, v) => o with { TcpKeepalive = v }),
        OptionKinds.Time("drain-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), null,
            "How long SIGTERM waits for clients to read their answers.",
            "Redis shutdown-timeout",
            o => o.DrainTimeout, (o, v) => o with { DrainTimeout = v }),
        OptionKinds.Time("busy-reply-threshold", TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1),
            "until the script has ended",
            "How long requests wait for keys that a Lua script works on before they are told BUSY. Other keys are "
                + "served meanwhile. CONFIG SET changes it.",
            "Redis busy-reply-threshold",
            o => o.BusyReplyThreshold, (o, v) => o with { BusyReplyThreshold = v }),
        OptionKinds.Size("script-memory", Mega, 1 << 30,
            "Most that one Lua script may use; beyond it it ends with an error. Steps of a script that collects more "
                + "garbage keep others waiting longer: 16m about 10 ms.",
            "Redis has no limit; the longest scripts of session libraries use less than 1m",
            o => o.ScriptMemoryBytes, (o, v) => o with { ScriptMemoryBytes = v }),
        OptionKinds.Size("scripts-memory", Mega, 1L << 40,
            "Most that all Lua scripts may use together; it counts in --memory. Beyond it those that run long end with "
                + "an error. At least --script-memory.",
            "eight scripts that use everything they may",
            o => o.ScriptsMemoryBytes, (o, v) => o with { ScriptsMemoryBytes = v }),
        OptionKinds.Number("script-cache", 1, 1_000_000,
            "Scripts that are kept for EVALSHA; beyond it those that came first go, those of EVAL before those of "
                + "SCRIPT LOAD.",
            "Redis 7.4 keeps 500 scripts of EVAL; a library sends a handful",
            o => o.ScriptCache, (o, v) => o with { ScriptCache = v }),
        OptionKinds.Size("script-cache-memory", 256 << 10, 1 << 30,
            "Most that they may take, counted with what they take compiled; it counts in --memory.",
            "a thousand scripts of 2.5k",
            o => o.ScriptCacheMemoryBytes, (o, v) => o with { ScriptCacheMemoryBytes = v }),
        OptionKinds.Number("requests-per-turn", 1, 1_000_000,
            "Pipelined requests of one connection executed before the next connection has its turn.",
            "about a millisecond of work, so that a long pipeline delays others by no more",
            o => o.RequestsPerTurn, (o, v) => o with { RequestsPerTurn = v }),
        OptionKinds.Size("output-soft", 4096, 1 << 30,
            "Unsent bytes after which a connection's further requests wait.",
            "four receive buffers of 64k",
            o => o.OutputSoftBytes, (o, v) => o with { OutputSoftBytes = (int)v }),
        new()
        {
            Name = "output-limit",
            Value = "CLASS=HARD[,SOFT,TIME]",
            Summary =
                "Closes a connection when more than HARD bytes wait to be read by it, or more than SOFT for TIME. "
                    + "Classes: normal, "
                    + "and pubsub for subscribers. HARD is never more than --client-memory (0 means that), SOFT never "
                    + "more than a quarter "
                    + "of it. Repeatable.",
            Origin = "Redis client-output-buffer-limit",
            Range = "CLASS normal or pubsub; HARD and SOFT 0 to 1g, SOFT 0 = none",
            Show = o => o.OutputLimit.ToString(),
            IsRepeatable = true,
            Set = OutputLimits.Set,
        },
        OptionKinds.Size("clients-memory", 0, 1L << 44,
            "Most that all connections may hold together, received, unsent and kept for them; beyond it those that "
                + "hold most are "
            + "closed. 0 = a quarter of --memory, at least two of the longest values.",
            "Redis maxmemory-clients, with a default that leaves sessions their memory",
            o => o.ClientsMemoryBytes, (o, v) => o with { ClientsMemoryBytes = v }),
        OptionKinds.Size("client-memory", 0, 1 << 30,
            "Most that one connection may hold; it is closed beyond it, and longer bulk strings are refused. 0 = half "
                + "of "
            + "--clients-memory.",
            "Redis client-query-buffer-limit is 1g, whatever maxmemory is",
            o => o.ClientMemoryBytes, (o, v) => o with { ClientMemoryBytes = v }),
        OptionKinds.Size("held-replies", 1024, 1 << 30,
            "Replies of one connection that may wait until what they tell is safe (a log, a backup); beyond it nothing "
                + "more is read from it until some are sent. Never more than a quarter of --client-memory.",
            "four receive buffers of 64k, as --output-soft",
            o => o.HeldRepliesBytes, (o, v) => o with { HeldRepliesBytes = (int)v }),
        OptionKinds.Size("held-replies-all", 0, 1L << 44,
            "The same for all connections together; beyond it those that have replies waiting are not read. 0 = an "
                + "eighth of --clients-memory.",
            "so much that waiting replies are never why connections are closed",
            o => o.HeldRepliesAllBytes, (o, v) => o with { HeldRepliesAllBytes = v }),
        OptionKinds.Number("listen-backlog", 1, 65_535,
            "Connections that the kernel queues until they are accepted (it has a limit of its own, somaxconn).",
            "memcached -b",
            o => o.ListenBacklog, (o, v) => o with { ListenBacklog = v }),
        OptionKinds.Choice("persist", ["none", "log"],
            "What outlives the process. log: everything is written to an append log in --data-dir, and read back at "
                + "the start.",
            "memcached keeps nothing",
            o => (int)o.Persist, (o, v) => o with { Persist = (PersistKind)v }),
        new()
        {
            Name = "data-dir",
            ShortName = "data",
            Value = "PATH",
            Summary = "Directory of the append log; made when it is not there, locked against a second process. --data "
                + "is understood, too.",
            Origin = "nobody but the operator knows which disk",
            Range = "a directory that the gateway may write to",
            Show = o => o.DataDir.Length == 0 ? "none" : o.DataDir,
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                if (string.IsNullOrWhiteSpace(values[0]))
                {
                    return "the name of the directory is empty";
                }

                options = options with { DataDir = values[0] };
                return null;
            },
        },
        OptionKinds.Choice("fsync", ["everysec", "batch", "no"],
            "When the append log is brought to the disk. everysec: once a second. batch: before the replies are sent, "
                + "those of many connections at once. no: when the system does it.",
            "Redis appendfsync",
            o => (int)o.Fsync, (o, v) => o with { Fsync = (FsyncKind)v }),
        OptionKinds.Number("slowlog-log-slower-than", -1, int.MaxValue,
            "Microseconds from which on a command is in SLOWLOG; 0 = each, -1 = none. CONFIG SET changes it.",
            "Redis slowlog-log-slower-than",
            o => o.SlowlogLogSlowerThan, (o, v) => o with { SlowlogLogSlowerThan = v }),
        OptionKinds.Number("slowlog-max-len", 0, 1_000_000,
            "Entries of SLOWLOG, as far as 16 MB hold them. CONFIG SET changes it.",
            "Redis slowlog-max-len",
            o => o.SlowlogMaxLen, (o, v) => o with { SlowlogMaxLen = v }),
        OptionKinds.Number("latency-monitor-threshold", 0, int.MaxValue,
            "Milliseconds from which on LATENCY notes a command; 0 = none. CONFIG SET changes it.",
            "Redis latency-monitor-threshold",
            o => o.LatencyMonitorThreshold, (o, v) => o with { LatencyMonitorThreshold = v }),
        OptionKinds.Time("log-rewrite-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(20), "never",
            "Writes the append log anew with all items when the last time was this long ago and it has grown since. By "
                + "itself it is written anew when more than half of it is dead.",
            "a night is when nobody minds a start that reads less; the length is enough for most",
            o => o.LogRewriteAfter, (o, v) => o with { LogRewriteAfter = v }),
        OptionKinds.Choice("while-loading", ["answer", "error", "closed"],
            "What clients meet while the append log is read at the start. answer: Redis clients are told LOADING, "
                + "memcached connections that ask for an item are closed; INFO, stats and kin are answered. error: "
                + "memcached clients are told SERVER_ERROR loading, which PHP takes for an empty session. closed: "
                + "connections are refused.",
            "Redis answers; what PHP makes of an error (ADR 0029)",
            o => (int)o.WhileLoading, (o, v) => o with { WhileLoading = (WhileLoadingKind)v }),
        new()
        {
            Name = "data-key-file",
            Value = "PATH",
            Summary = "Encrypts the append log with the first key of the file, and reads it with any of them: a key a "
                + "line, 32 bytes as 64 hexadecimal digits or in base64. Or the environment has them in "
                + "GATEWAY_DATA_KEY, separated by commas.",
            Origin = "disks that are encrypted need no second layer",
            Range = "a file that nobody else may read; looked at again for every segment",
            Show = o => o.DataKeyFile.Length == 0 ? "none" : o.DataKeyFile,
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                if (string.IsNullOrWhiteSpace(values[0]))
                {
                    return "the name of the file is empty";
                }

                options = options with { DataKeyFile = values[0] };
                return null;
            },
        },
        OptionKinds.Size("log-segment", Mega, 1 << 30,
            "Length after which the append log goes on in its next file. A state replaces the log when it is longer "
                + "than twice what is in memory, and two of these.",
            "written in minutes, removed in a moment",
            o => o.LogSegmentBytes, (o, v) => o with { LogSegmentBytes = v }),
        .. ReplicationOptions.All,
        .. PairOptions.All,
        .. ForwardOptions.All,
        OptionKinds.Choice("log-level", ["trace", "debug", "information", "warning", "error", "critical", "none"],
            "Least severe event that is logged, to stderr.",
            "Microsoft.Extensions.Logging",
            o => (int)o.LogLevel, (o, v) => o with { LogLevel = (LogLevel)v }),
    ];

    /// <summary>
    /// The option of a name as written in any source; dashes, underscores and case make no difference. Null when there
    /// is none.
    /// </summary>
    public static OptionDescriptor? Find(string name)
    {
        string plain = Plain(name);
        return All.FirstOrDefault(option => Plain(option.Name) == plain);
    }

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
