using System.Text.RegularExpressions;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>
/// Everything that is not compared, and why. Besides these only cas uniques are changed (numbered by first appearance,
/// <see cref="Recollection"/>): a server may count them as it likes, but which are equal must be the same.
/// </summary>
internal static class Normalisers
{
    // Names that memcached's clients, PHP's getStats, MSM and monitoring plugins read.
    private static readonly HashSet<string> Stats =
    [
        "pid", "uptime", "time", "version", "pointer_size", "curr_connections", "total_connections", "cmd_get",
        "cmd_set", "cmd_flush", "cmd_touch", "get_hits", "get_misses", "delete_misses", "delete_hits", "incr_misses",
        "incr_hits", "decr_misses", "decr_hits", "cas_misses", "cas_hits", "cas_badval", "touch_hits", "touch_misses",
        "bytes_read", "bytes_written", "limit_maxbytes", "threads", "bytes", "curr_items", "total_items", "evictions",
    ];

    private static readonly HashSet<string> Settings =
    [
        "maxbytes", "item_size_max", "num_threads", "cas_enabled", "tcpport", "udpport", "inter", "domain_socket",
    ];

    private static readonly Regex HelloFields = new(@"^ *\$""(server|version|id)""$");

    public static IReadOnlyList<Normaliser> All { get; } =
    [
        Replace("version", "the gateway reports its own version", @"\d+\.\d+\.\d+[^ ""]*", "N.N.N"),
        Replace("id", "connection ids count every connection since the server started", @"^( *):\d+$", "$1:ID"),
        new("hello", "HELLO tells the program's name, its version and the id of the connection",
            lines => [.. lines.Select((line, i) => i > 0 && HelloFields.IsMatch(lines[i - 1]) ? "  ?" : line)]),
        Replace("number", "the count depends on what else the server knows or has done", @"\d+", "N"),
        Replace("milliseconds", "time passes between the two requests; whole seconds must agree",
            @"\d{4,}", match => $"{Math.Round(double.Parse(match.Value) / 1000)} s"),
        Replace("client-info", "ids, addresses, ages, memory and descriptors belong to one connection of one server",
            @"\b(id|addr|laddr|fd|age|idle|qbuf|qbuf-free|argv-mem|multi-mem|rbs|rbp|obl|oll|omem|tot-mem|events)="
                + @"[^ \\]*",
            "$1=?"),
        Replace("long-ttl", "generated requests use 777,000 s, of which some may have passed when TTL or PTTL is asked",
            @"^:77[67]\d{3}(\d{3})?$", match => match.Groups[1].Success ? ":777000 s in ms" : ":777000 s"),
        Replace("relative-expiry", "EXPIRETIME of a relative expiry depends on when it was set",
            @"^:[12]\d{9}(\d{3})?$", match => match.Groups[1].Success ? ":soon in ms" : ":soon"),
        new("subcommands", "a container lists the subcommands a server has, and the gateway has fewer",
            WithoutSubcommands),
        Replace("lib-info", "CLIENT SETINFO came with Redis 7.2, which shows its two fields at the end",
            @" lib-name=[^ ]* lib-ver=[^ \\]*", ""),
        Replace("random", "which one of them comes is chosen at random", @"\$"".*""$", "$$?"),
        new("unordered", "the order of a scan or of a set is not promised", Sort),
        new("stat-names", "statistics have values of their own; the names that clients read must be there",
            lines => KeepStats(lines, Stats)),
        new("binary-stats", "statistics have values of their own; the last packet, which ends them, must be the same",
            lines => lines[^1..]),
        new("stat-classes",
            "which classes there are and what they hold differs; the names of what is told must be there",
            lines => [.. KeepStats([.. lines.Select(WithoutClass)], null).Distinct()]),
        new("settings-names", "settings differ by program; those that clients size their requests by must be there",
            lines => KeepStats(lines, Settings)),
    ];

    private static readonly Dictionary<string, Normaliser> ByName = All.ToDictionary(one => one.Name);

    public static List<string> Apply(IEnumerable<string> names, List<string> lines) =>
        names.Aggregate(lines, (changed, name) => ByName[name].Apply(changed));

    private static Normaliser Replace(string name, string why, string pattern, string replacement)
    {
        var regex = new Regex(pattern);
        return new Normaliser(name, why, lines => [.. lines.Select(line => regex.Replace(line, replacement))]);
    }

    private static Normaliser Replace(string name, string why, string pattern, MatchEvaluator replacement)
    {
        var regex = new Regex(pattern);
        return new Normaliser(name, why, lines => [.. lines.Select(line => regex.Replace(line, replacement))]);
    }

    private static List<string> Sort(List<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    /// <summary>Keeps "STAT name" of the listed names, or of all, in a fixed order, without values.</summary>
    private static List<string> KeepStats(List<string> lines, HashSet<string>? kept)
    {
        IEnumerable<string> names = lines.Where(line => line.StartsWith("STAT ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1]).Where(name => kept?.Contains(name) ?? true).Order(
                StringComparer.Ordinal)
            .Select(name => $"STAT {name}");
        return [.. names, .. lines.Where(line => !line.StartsWith("STAT ", StringComparison.Ordinal))];
    }

    private static string WithoutClass(string line) => Regex.Replace(line, @"^STAT \d+:", "STAT N:");

    /// <summary>Cuts the tenth and last field off the descriptors of COMMAND INFO.</summary>
    private static List<string> WithoutSubcommands(List<string> lines)
    {
        var kept = new List<string>();
        int field = 0;
        foreach (string line in lines)
        {
            int indent = line.Length - line.TrimStart(' ').Length;
            field = indent switch { 2 => 0, 4 => field + 1, _ => field };
            if (field < 10)
                kept.Add(line);
        }
        return kept;
    }
}
