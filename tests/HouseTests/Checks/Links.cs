using System.Text.RegularExpressions;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>Links between our documents lead somewhere.</summary>
internal static partial class Links
{
    /// <summary>Links that lead nowhere.</summary>
    /// <param name="file">A Markdown file.</param>
    /// <param name="exists">Whether a path relative to the root is there.</param>
    public static IEnumerable<string> Violations(SourceFile file, Func<string, bool> exists) =>
        from Match match in Link().Matches(file.Text)
        let target = match.Groups["target"].Value
        let folder = Path.GetDirectoryName(file.Path)!
        let path = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, target)))
        where !exists(path)
        select $"{file.Path}: {target} is not there";

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)(?<target>[^)\s#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
