using System.Text.RegularExpressions;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>The folders of the executable, and which other ones each may see: no two see each other.</summary>
internal static partial class FolderArrows
{
    /// <summary>The namespace of the room.</summary>
    public const string Root = "SessionGateway.Gateway";

    /// <summary>What each folder may see. A folder that is not here has no place in the room yet.</summary>
    public static IReadOnlyDictionary<string, string[]> Arrows { get; } = new Dictionary<string, string[]>
    {
        ["Logging"] = [],
        ["Timers"] = [],
        ["Holding"] = [],
        ["Options"] = ["Holding"],
        ["Metrics"] = ["Logging"],
        ["Transport"] = ["Logging", "Options"],
        ["Connections"] = ["Transport", "Timers", "Holding", "Logging", "Options"],
        ["Forwarding"] = ["Connections", "Timers", "Logging", "Options"],
        ["WarmUp"] = ["Connections", "Transport", "Logging", "Options"],
        ["SessionTool"] = ["Logging", "Options"],
        ["Transfer"] = ["SessionTool", "Logging", "Options"],
        ["Persistence"] = ["Holding", "Logging", "Options"],
        ["Replication"] = ["Connections", "Timers", "Holding", "Logging", "Options"],
        ["Pair"] = ["Connections", "Persistence", "Replication", "Holding", "Logging", "Options"],
        ["Hosting"] =
        [
            "WarmUp", "Forwarding", "Connections", "Transport", "Persistence", "Replication", "Pair", "Holding",
            "Metrics",
            "Logging",
            "Options",
        ],
    };

    /// <summary>The folder of a namespace; empty for the room itself (its entry point), which sees all.</summary>
    public static string FolderOf(string typeNamespace) =>
        typeNamespace.StartsWith(Root + ".", StringComparison.Ordinal)
            ? typeNamespace[(Root.Length + 1)..].Split('.')[0]
            : "";

    /// <summary>Uses as the compiled code has them: constants are not in it.</summary>
    public static IEnumerable<(string From, string To, string Use)> OfTypes(IEnumerable<(Type Type, Type Used)> uses) =>
        uses.Select(u => (FolderOf(u.Type.Namespace ?? ""), FolderOf(u.Used.Namespace ?? ""),
            $"{u.Type.Name} uses {u.Used.Name}"));

    /// <summary>Uses as the heads of files name them.</summary>
    public static IEnumerable<(string From, string To, string Use)> OfFiles(IEnumerable<SourceFile> files) =>
        from file in files
        where file.IsBelow("src/Gateway")
        let parts = file.Path.Split('/')
        where parts.Length > 3
        from Match head in Head().Matches(file.Text)
        select (parts[2], head.Groups[1].Value, $"{file.Name} has it among its usings");

    /// <summary>Uses against the arrows, and arrows that nothing uses.</summary>
    public static IEnumerable<string> Violations(
        IEnumerable<(string From, string To, string Use)> uses, IReadOnlyDictionary<string, string[]> arrows)
    {
        var needed = new HashSet<(string, string)>();
        var told = new HashSet<string>();
        foreach ((string from, string to, string use) in uses)
        {
            if (from.Length == 0 || to.Length == 0 || from == to)
            {
                continue;
            }

            needed.Add((from, to));
            string[]? allowed = arrows.GetValueOrDefault(from);
            string problem = allowed is null ? $"{from} has no place"
                : allowed.Contains(to) ? "" : $"{from} must not see {to}: {use}";
            if (problem.Length > 0 && told.Add(problem))
            {
                yield return problem;
            }
        }

        foreach ((string from, string[] all) in arrows)
        {
            foreach (string to in all.Where(to => !needed.Contains((from, to))))
            {
                yield return $"{from} need not see {to}";
            }
        }
    }

    /// <summary>Folders that see each other, directly or through others.</summary>
    public static IEnumerable<string> Circles(IReadOnlyDictionary<string, string[]> arrows) =>
        arrows.Keys.Where(folder => Reached(folder, arrows).Contains(folder)).Select(folder => $"{folder} sees itself");

    [GeneratedRegex(@"^using SessionGateway\.Gateway\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Head();

    private static HashSet<string> Reached(string folder, IReadOnlyDictionary<string, string[]> arrows)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(arrows[folder]);
        while (open.TryPop(out string? next))
        {
            if (reached.Add(next))
            {
                Array.ForEach(arrows.GetValueOrDefault(next) ?? [], open.Push);
            }
        }

        return reached;
    }
}
