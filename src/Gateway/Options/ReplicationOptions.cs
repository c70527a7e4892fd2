using System.Globalization;

namespace SessionGateway.Gateway.Options;

/// <summary>The options of primaries and replicas.</summary>
internal static class ReplicationOptions
{
    private const string None = "none";
    private const int Mega = 1 << 20;
    private const int MostPort = 65535;

    /// <summary>Their rows.</summary>
    public static IReadOnlyList<OptionDescriptor> All { get; } =
    [
        new()
        {
            Name = "replicaof",
            Value = "HOST PORT",
            Summary = "Starts as a replica of a Redis, a Valkey or another gateway, as REPLICAOF does: items come from "
                + "there, clients write nothing. HOST:PORT is understood, too.",
            Origin = "Redis replicaof",
            Range = "a name or an address and a port; none",
            Show = o => o.Replicaof is { } primary
                ? $"{primary.Host} {primary.Port.ToString(CultureInfo.InvariantCulture)}" : "none",
            Set = SetReplicaOf,
        },
        Text("master-user", "NAME", "User that a replica logs in as; without one only the password is sent.",
            "Redis masteruser", o => o.MasterUser, (o, v) => o with { MasterUser = v }, isSecret: false),
        Text("master-auth", "PASSWORD", "Password that a replica logs in with. The environment and files hide it from "
            + "process lists.", "Redis masterauth", o => o.MasterAuth, (o, v) => o with { MasterAuth = v },
            isSecret: true),
        OptionKinds.Choice("ack", ["memory", "backup", "backup+disk"],
            "What has to have a write before its reply is sent, and before others read it. memory: this node. backup: "
                + "all gateways that are replicas of this one and have caught up. backup+disk: their logs and this "
                + "one's, on the disk.",
            "as PostgreSQL synchronous_commit; Redis has WAIT and WAITAOF, for each write",
            o => (int)o.Ack, (o, v) => o with { Ack = (AckKind)v }),
        OptionKinds.Choice("ack-alone", ["disk", "refuse", "memory"],
            "What has to, with --ack backup, while no backup is there. disk: the log of this node, on the disk. "
                + "refuse: nothing is written. memory: this node; what is written then is lost with it.",
            "a lone node that crashes must not lose what it acknowledged",
            o => (int)o.AckAlone, (o, v) => o with { AckAlone = (AckAloneKind)v }),
        OptionKinds.Time("ack-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), null,
            "How long a write waits for a backup that is silent: then its link is closed, and --ack-alone decides. A "
                + "reply that has waited for twice as long is not sent: whether its write is done is not known then, "
                + "and its connection is closed.",
            "shorter than web servers wait; longer than pauses of a machine",
            o => o.AckTimeout, (o, v) => o with { AckTimeout = v }),
        OptionKinds.Size("repl-backlog-size", 2 * Mega, 1L << 34,
            "Latest bytes of the history that are kept for replicas, all of them together: one whose link was cut goes "
                + "on where it was while they last. Taken when the first replica comes, a megabyte at a time; part of "
                + "--memory, and at most an eighth of it for each form (commands, records).",
            "3 seconds of 10,000 sessions of 2 KB; Redis has 1 MB, Valkey 10",
            o => o.ReplBacklogSizeBytes, (o, v) => o with { ReplBacklogSizeBytes = v }),
        OptionKinds.Time("repl-backlog-ttl", TimeSpan.FromSeconds(1), TimeSpan.FromDays(20), "for ever",
            "How long the history is written and kept when no replica is there.",
            "Redis repl-backlog-ttl",
            o => o.ReplBacklogTtl, (o, v) => o with { ReplBacklogTtl = v }),
        OptionKinds.Time("repl-timeout", TimeSpan.FromSeconds(2), TimeSpan.FromDays(1), null,
            "Silence after which a link between a primary and a replica is given up, by either side.",
            "Redis repl-timeout",
            o => o.ReplTimeout, (o, v) => o with { ReplTimeout = v }),
        OptionKinds.Time("repl-ping-replica-period", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), null,
            "How often a primary tells its replicas that it lives.",
            "Redis repl-ping-replica-period",
            o => o.ReplPingReplicaPeriod, (o, v) => o with { ReplPingReplicaPeriod = v }),
    ];

    private static OptionDescriptor Text(
        string name, string value, string summary, string origin, Func<GatewayOptions, string> get,
        Func<GatewayOptions, string, GatewayOptions> with, bool isSecret) => new()
    {
        Name = name,
        Value = value,
        Summary = summary,
        Origin = origin,
        Range = "any text; none",
        Show = o => get(o).Length == 0 ? None : isSecret ? "set" : get(o),
        Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
        {
            options = with(options, values[0] == None ? "" : values[0]);
            return null;
        },
    };

    private static string? SetReplicaOf(IReadOnlyList<string> values, ref GatewayOptions options)
    {
        string text = values[0].Trim();
        if (text.Length == 0 || text.Equals("none", StringComparison.OrdinalIgnoreCase)
            || text.Equals("no one", StringComparison.OrdinalIgnoreCase))
        {
            options = options with { Replicaof = null };
            return null;
        }

        int at = text.LastIndexOfAny([' ', ':']);
        string host = at > 0 ? text[..at].Trim().Trim('[', ']') : "";
        if (host.Length == 0 || !int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out int port) || port is 0 or > MostPort)
        {
            return $"'{values[0]}' is not a host and a port";
        }

        options = options with { Replicaof = (host, port) };
        return null;
    }
}
