using System.Text.RegularExpressions;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>Texts that stand in no file. The patterns are written so that they do not match themselves.</summary>
internal static class TextRules
{
    private static readonly (Regex Pattern, string Reason)[] Everywhere =
    [
        (new(@"(?<![\w./$}-])/(home|root|work|Users)/\w"), "a path of one machine"),
        (new(@"\b[A-Z]:\\\w"), "a path of one machine"),
    ];

    private static readonly (Regex Pattern, string Reason)[] InCode =
    [
        (new("NotImplemented[E]xception"), "something is not written"),
        (new(@"\b(TOD[O]|FIXM[E]|HAC[K])\b"), "something is not finished"),
        (new(@"\bSkip\s*[=]"), "a test that is not run"),
        (new(@"^\s*#regio[n]", RegexOptions.Multiline), "a file that hides its length"),
    ];

    /// <summary>Where such texts stand.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        bool isCode = file.Path.EndsWith(".cs", StringComparison.Ordinal);
        foreach ((Regex pattern, string reason) in isCode ? [.. Everywhere, .. InCode] : Everywhere)
        {
            foreach (Match match in pattern.Matches(file.Text))
            {
                int line = 1 + file.Text.AsSpan(0, match.Index).Count('\n');
                yield return $"{file.Path}:{line}: '{match.Value.Trim()}': {reason}";
            }
        }
    }
}
