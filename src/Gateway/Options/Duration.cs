using System.Globalization;

namespace SessionGateway.Gateway.Options;

/// <summary>Durations as users write them: <c>90</c> (seconds), <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>,
/// <c>1d</c>.</summary>
internal static class Duration
{
    // The longest unit first; "ms" before the "m" and "s" that it contains.
    private static readonly string[] Units = ["d", "h", "ms", "m", "s"];
    private static readonly long[] Milliseconds = [86_400_000, 3_600_000, 1, 60_000, 1000];

    /// <summary>Reads a duration.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        string digits = text.ToLowerInvariant();
        long factor = 1000;
        for (int i = 0; i < Units.Length; i++)
        {
            if (digits.EndsWith(Units[i], StringComparison.Ordinal))
            {
                digits = digits[..^Units[i].Length];
                factor = Milliseconds[i];
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
        int best = Array.IndexOf(Units, "ms");
        for (int i = 0; i < Units.Length; i++)
        {
            if (milliseconds % Milliseconds[i] == 0 && Milliseconds[i] > Milliseconds[best])
            {
                best = i;
            }
        }

        string count = (milliseconds / Milliseconds[best]).ToString(CultureInfo.InvariantCulture);
        return milliseconds == 0 ? "0" : count + Units[best];
    }
}
