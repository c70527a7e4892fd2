using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>
/// "Adding things" in ARCHITECTURE.md: a row for something that is more than a file says how many files one that is
/// there has, and that number is counted.
/// </summary>
internal static class Additions
{
    /// <summary>What can be added, and the folder of a small one.</summary>
    public static readonly IReadOnlyDictionary<string, string> Counted = new Dictionary<string, string>
    {
        ["a session format"] = "src/Sessions/MessagePack",
        ["a store engine"] = "tests/ManagedStore",
        ["a transport"] = "src/Gateway/Transport/Sockets",
    };

    /// <summary>Rows of a table that are missing or do not say what is counted.</summary>
    public static IEnumerable<string> Violations(
        SourceFile document, IEnumerable<SourceFile> files, IReadOnlyDictionary<string, string> counted)
    {
        foreach ((string addition, string folder) in counted)
        {
            int count = files.Count(f => f.Path.EndsWith(".cs", StringComparison.Ordinal)
                && f.Path[..Math.Max(0, f.Path.LastIndexOf('/'))] == folder);
            string says = $"{count} files in `{folder}`";
            if (!document.Lines.Any(line => line.StartsWith($"| {addition} |", StringComparison.Ordinal)
                && line.Contains(says, StringComparison.Ordinal)))
            {
                yield return $"{document.Path}: the row '{addition}' does not say '{says}'";
            }
        }
    }
}
