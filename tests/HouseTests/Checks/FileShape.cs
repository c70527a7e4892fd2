using System.Text.RegularExpressions;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>
/// One type per file, with the file's name, in the namespace of the folder. A part of a partial type is
/// <c>Type.Part.cs</c>.
/// </summary>
internal static partial class FileShape
{
    // Libraries for other programs: their public types share the namespace that their users import.
    private static readonly string[] OneNamespace = ["SessionGateway.Sessions", "SessionGateway.AspNetCore"];

    /// <summary>What is wrong with the shape of a file below src/.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        string[] types = [.. TopLevelType().Matches(file.Text).Select(m => m.Groups["name"].Value)];
        if (types.Length > 1)
        {
            yield return $"{file.Path} holds {types.Length} types: {string.Join(", ", types)}";
        }
        else if (types is [var only] && only != file.Name.Split('.')[0])
        {
            yield return $"{file.Path} holds {only}";
        }

        string expected = "SessionGateway." + string.Join('.', file.Path.Split('/')[1..^1]);
        string actual = Namespace().Match(file.Text).Groups["name"].Value;
        bool isShared = OneNamespace.Contains(actual) && expected.StartsWith(actual + ".", StringComparison.Ordinal);
        if (types.Length > 0 && actual != expected && !isShared)
        {
            yield return $"{file.Path} is in namespace {actual}";
        }
    }

    // With file-scoped namespaces top-level types begin in the first column.
    [GeneratedRegex(@"^((public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*"
        + @"(record struct|record class|record|class|struct|interface|enum|delegate [\w<>\[\],.? ]+) "
        + @"(?<name>\w+)[^\w\n]?.*$",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
