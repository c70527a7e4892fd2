using System.Globalization;
using System.Text.RegularExpressions;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>
/// What one server said that later requests need: its cas uniques, numbered in the order of their first appearance,
/// so that equal behaviour prints equally on servers that count differently.
/// </summary>
internal sealed partial class Recollection(DateTimeOffset now)
{
    // A cas unique no server hands out in a test.
    private const ulong NeverSeen = 999_999_999_999;

    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<ulong> _values = [];
    private readonly Dictionary<string, ulong> _latest = [];

    /// <summary>Notes a cas unique and the name (key or opaque) it came with; gives its printed form.</summary>
    public string See(ulong cas, string name)
    {
        if (cas == 0)
            return "0";
        _latest[name] = cas;
        if (!_numbers.TryGetValue(cas, out int number))
        {
            _values.Add(cas);
            _numbers[cas] = number = _values.Count;
        }
        return $"#{number}";
    }

    /// <summary>
    /// Text for a placeholder: cas3 (third cas seen), cas:k (last one seen with name k), now+9, now-9 (unix seconds),
    /// nowms+9; null when it is none of these.
    /// </summary>
    public string? Resolve(string placeholder)
    {
        if (placeholder.StartsWith("cas:", StringComparison.Ordinal))
            return $"{_latest.GetValueOrDefault(placeholder[4..], NeverSeen)}";
        Match match = Pattern().Match(placeholder);
        if (!match.Success)
            return null;
        long number = long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return match.Groups[1].Value switch
        {
            "cas" => $"{(number <= _values.Count ? _values[(int)number - 1] : NeverSeen)}",
            "now" => $"{now.ToUnixTimeSeconds() + number}",
            _ => $"{now.ToUnixTimeMilliseconds() + number}",
        };
    }

    [GeneratedRegex(@"^(cas|now|nowms)([+-]?\d+)$")]
    private static partial Regex Pattern();
}
