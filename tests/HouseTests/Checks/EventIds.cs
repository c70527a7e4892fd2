using System.Text.RegularExpressions;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>The id of a log event is given once.</summary>
internal static partial class EventIds
{
    /// <summary>Ids that are given twice, and log calls without one.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files)
    {
        var seen = new Dictionary<string, string>();
        foreach (SourceFile file in files)
        {
            foreach (Match match in LoggerMessage().Matches(file.Text))
            {
                string id = match.Groups["id"].Value;
                if (id.Length == 0)
                {
                    yield return $"{file.Path}: a log event without an id";
                }
                else if (!seen.TryAdd(id, file.Path))
                {
                    yield return $"{file.Path}: event {id} is given in {seen[id]}, too";
                }
            }

            foreach (Match match in LogCall().Matches(file.Text))
            {
                yield return $"{file.Path}: {match.Value} instead of [LoggerMessage]";
            }
        }
    }

    [GeneratedRegex(@"\[LoggerMessage\((EventId\s*=\s*)?(?<id>\d*)")]
    private static partial Regex LoggerMessage();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex LogCall();
}
