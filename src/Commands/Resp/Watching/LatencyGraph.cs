using System.Globalization;
using System.Text;

namespace SessionGateway.Commands.Resp.Watching;

/// <summary>Peaks as columns of characters, four lines high, with their age written downwards below.</summary>
internal static class LatencyGraph
{
    private const int Columns = 80;
    private const int Rows = 4;

    // From the lowest to the highest of what one line can show.
    private const string Marks = "_o#";

    /// <summary>Draws an event that has samples.</summary>
    /// <param name="peaks">The event.</param>
    /// <param name="now">Unix seconds.</param>
    public static string Draw(LatencyEvent peaks, long now)
    {
        long high = peaks.Samples.Max(s => s.Milliseconds);
        long low = peaks.Samples.Min(s => s.Milliseconds);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{peaks.Name} - high {high} ms, low {low} ms (all time high {peaks.Longest} ms)\n");
        text.Append('-', Columns).Append('\n');
        foreach ((long Time, long Milliseconds)[] part in peaks.Samples.Chunk(Columns))
        {
            text.Append(part[0] == peaks.Samples[0] ? "" : "\n");
            DrawColumns(text, part, low, Math.Max(1, high - low));
            DrawAges(text, [.. part.Select(s => Age(now - s.Time))]);
        }

        return text.ToString();
    }

    private static void DrawColumns(StringBuilder text, (long Time, long Milliseconds)[] part, long low, long range)
    {
        const int steps = Rows * 3;
        for (int row = Rows - 1; row >= 0; row--)
        {
            foreach ((_, long milliseconds) in part)
            {
                long step = Math.Min((milliseconds - low) * steps / range, steps - 1) - (row * Marks.Length);
                text.Append(step < 0 ? ' ' : step < Marks.Length ? Marks[(int)step] : '|');
            }

            text.Append('\n');
        }
    }

    private static void DrawAges(StringBuilder text, string[] ages)
    {
        text.Append(' ', ages.Length).Append('\n');
        for (int line = 0; line < ages.Max(a => a.Length); line++)
        {
            foreach (string age in ages)
            {
                text.Append(line < age.Length ? age[line] : ' ');
            }

            text.Append('\n');
        }
    }

    private static string Age(long seconds) => seconds switch
    {
        < 60 => $"{seconds}s",
        < 3600 => $"{seconds / 60}m",
        < 86_400 => $"{seconds / 3600}h",
        _ => $"{seconds / 86_400}d",
    };
}
