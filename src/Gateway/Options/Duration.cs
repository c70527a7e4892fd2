using System.Globalization;

namespace SessionGateway.Gateway.Options;

/// <summary>Durations as users write them: <c>90</c> (seconds), <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>.</summary>
internal static class Duration
{
    private static readonly (string Unit, long Milliseconds)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("ms", 1), ("m", 60_000), ("s", 1000)];

    /// <summary>Reads a duration.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        string digits = text.ToLowerInvariant();
        long factor = 1000;
        foreach ((string unit, long milliseconds) in Units)
        {
            if (digits.EndsWith(unit, StringComparison.Ordinal)
                && (unit != "s" || !digits.EndsWith("ms", StringComparison.Ordinal)))
            {
                digits = digits[..^unit.Length];
                factor = milliseconds;
                break;
            }
        }

        bool isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        duration = TimeSpan.FromMilliseconds(count * factor);
        return isNumber;
    }

    /// <summary>The duration with the largest unit that keeps it whole; zero is <c>0</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        long milliseconds = (long)duration.TotalMilliseconds;
        if (milliseconds == 0)
        {
            return "0";
        }

        (string unit, long factor) = Units.Where(u => milliseconds % u.Milliseconds == 0).MaxBy(u => u.Milliseconds);
        return (milliseconds / factor).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
