namespace SessionGateway.Gateway.Options;

/// <summary>Options of who forwards to a primary.</summary>
internal static class ForwardOptions
{
    private const string None = "none";

    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<OptionDescriptor> All { get; } =
    [
        Servers("to",
            "Of 'gateway agent': the servers of which one is the primary. It is the one whose ROLE says so.",
            o => o.To, (o, v) => o with { To = v }),
        Servers("sentinel",
            "Of 'gateway agent': Sentinels, which know who is the primary of --master-name. The newest answer counts, "
                + "and none without the ROLE of the server itself.",
            o => o.Sentinel, (o, v) => o with { Sentinel = v }),
        new()
        {
            Name = "master-name",
            Value = "NAME",
            Summary = "The name under which Sentinels watch the primary.",
            Origin = "Redis' sentinel.conf",
            Range = "letters, digits and the signs . - _",
            Show = o => o.MasterName,
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                // sentinel.c, sentinelMonitorCommand: a name is a file's word.
                if (values[0].Length is 0 or > 255
                    || values[0].Any(c => !char.IsAsciiLetterOrDigit(c) && !".-_".Contains(c)))
                {
                    return $"'{values[0]}' is not a name of letters, digits and the signs . - _";
                }

                options = options with { MasterName = values[0] };
                return null;
            },
        },
        OptionKinds.Time("failover-hold", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), null,
            "How long a forwarded request waits while there is no primary, before it fails.",
            "Sentinels give out the new address 0.9 s after they promoted it; a web page can wait that long",
            o => o.FailoverHold, (o, v) => o with { FailoverHold = v }),
        OptionKinds.Choice("backup-mode", ["auto", "forward", "readonly", "redirect", "moved"],
            "What a replica does with requests for items. forward: the primary executes them, so that any address "
                + "works. readonly: it answers reads and refuses writes, as Redis. redirect: clients that said CLIENT "
                + "CAPA redirect are told -REDIRECT, others are forwarded. moved: Redis clients are told -MOVED, "
                + "memcached clients are forwarded. auto: moved with --cluster-face, else readonly.",
            "Redis refuses writes",
            o => (int)o.BackupMode, (o, v) => o with { BackupMode = (BackupModeKind)v }),
        OptionKinds.Choice("backup-reads", ["forward", "local"],
            "Who answers requests that only look, of those that a replica forwards. local: the replica itself, with "
                + "what it has, until the connection has sent something else.",
            "a session is read where it was written",
            o => (int)o.BackupReads, (o, v) => o with { BackupReads = (BackupReadsKind)v }),
        OptionKinds.Switch("cluster-face",
            "Shows primary and replicas as a cluster of one shard (CLUSTER SLOTS, SHARDS, NODES; READONLY), so that "
                + "cluster clients follow the primary.",
            "Redis cluster-enabled no",
            o => o.ClusterFace, (o, v) => o with { ClusterFace = v }),
        Login("primary-auth", "Login at the servers of which one is the primary, to ask for their ROLE. Clients log in "
            + "themselves.",
            o => o.PrimaryAuth, (o, v) => o with { PrimaryAuth = v }),
        Login("sentinel-auth", "Login at the Sentinels.",
            o => o.SentinelAuth, (o, v) => o with { SentinelAuth = v }),
    ];

    private static OptionDescriptor Servers(string name, string summary,
        Func<GatewayOptions, IReadOnlyList<ServerAddress>> get,
        Func<GatewayOptions, IReadOnlyList<ServerAddress>, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "HOST:PORT[,HOST:PORT]",
        Summary = summary + " Repeatable.",
        Origin = "nobody but the operator knows",
        Range = "names or addresses, up to 16",
        Show = o => get(o).Count == 0 ? None : string.Join(",", get(o)),
        IsRepeatable = true,
        Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
        {
            var servers = new List<ServerAddress>();
            foreach (string value in values)
            {
                if (ServerAddress.Read(value, servers) is { } problem)
                {
                    return problem;
                }
            }

            options = with(options, servers);
            return servers.Count > 16 ? "more than 16 servers" : null;
        },
    };

    private static OptionDescriptor Login(string name, string summary, Func<GatewayOptions, (string, string)?> get,
        Func<GatewayOptions, (string User, string Password)?, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "[USER:]PASSWORD",
        Summary = summary,
        Origin = "Redis masterauth: none",
        Range = "as --auth; none",
        Show = o => get(o) is null ? None : "set",
        Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
        {
            if (values[0] == None)
            {
                options = with(options, null);
                return null;
            }

            int colon = values[0].IndexOf(':');
            string user = colon < 0 ? "" : values[0][..colon];
            string password = values[0][(colon + 1)..];
            if (password.Length == 0 || (colon >= 0 && user.Length == 0))
            {
                return password.Length == 0 ? "the password is empty" : "the user before ':' is empty";
            }

            options = with(options, (user, password));
            return null;
        },
    };
}
