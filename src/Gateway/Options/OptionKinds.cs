using System.Globalization;

namespace SessionGateway.Gateway.Options;

/// <summary>The kinds of values that options have: how each is read, checked and shown.</summary>
internal static class OptionKinds
{
    /// <summary>A whole number.</summary>
    public static OptionDescriptor Number(string name, int min, int max, string summary, string origin,
        Func<GatewayOptions, int> get, Func<GatewayOptions, int, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "N",
        Summary = summary,
        Origin = origin,
        Range = $"{Text(min)} to {Text(max)}",
        Show = o => Text(get(o)),
        Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
        {
            if (!int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || number < min || number > max)
            {
                return $"'{values[0]}' is not a number from {Text(min)} to {Text(max)}";
            }

            options = with(options, number);
            return null;
        },
    };

    /// <summary>A number of bytes.</summary>
    public static OptionDescriptor Size(string name, long min, long max, string summary, string origin,
        Func<GatewayOptions, long> get, Func<GatewayOptions, long, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "SIZE",
        Summary = summary,
        Origin = origin,
        Range = $"{ByteSize.Format(min)} to {ByteSize.Format(max)}",
        Show = o => ByteSize.Format(get(o)),
        Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
        {
            if (!ByteSize.TryParse(values[0], out long bytes))
            {
                return $"'{values[0]}' is not a size such as 512m, 2g or a number of bytes";
            }

            if (bytes < min || bytes > max)
            {
                return $"'{values[0]}' is out of range: {ByteSize.Format(min)} to {ByteSize.Format(max)}";
            }

            options = with(options, bytes);
            return null;
        },
    };

    /// <summary>A time span; with <paramref name="zeroMeans"/> zero is accepted, too.</summary>
    public static OptionDescriptor Time(string name, TimeSpan min, TimeSpan max, string? zeroMeans, string summary,
        string origin, Func<GatewayOptions, TimeSpan> get, Func<GatewayOptions, TimeSpan, GatewayOptions> with)
    {
        string range = $"{Duration.Format(min)} to {Duration.Format(max)}"
            + (zeroMeans is null ? "" : $", or 0 = {zeroMeans}");
        return new()
        {
            Name = name,
            Value = "TIME",
            Summary = summary,
            Origin = origin,
            Range = range,
            Show = o => Duration.Format(get(o)),
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                if (!Duration.TryParse(values[0], out TimeSpan time))
                {
                    return $"'{values[0]}' is not a time such as 500ms, 30s, 5m or a number of seconds";
                }

                if ((time < min || time > max) && (zeroMeans is null || time != TimeSpan.Zero))
                {
                    return $"'{values[0]}' is out of range: {range}";
                }

                options = with(options, time);
                return null;
            },
        };
    }

    /// <summary>One of several names; the place in the list is the value.</summary>
    public static OptionDescriptor Choice(string name, string[] choices, string summary, string origin,
        Func<GatewayOptions, int> get, Func<GatewayOptions, int, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "NAME",
        Summary = summary,
        Origin = origin,
        Range = string.Join(", ", choices),
        Show = o => choices[get(o)],
        Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
        {
            string wanted = values[0];
            int index = Array.FindIndex(choices, c => c.Equals(wanted, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                return $"'{wanted}' is none of {string.Join(", ", choices)}";
            }

            options = with(options, index);
            return null;
        },
    };

    /// <summary>On or off.</summary>
    public static OptionDescriptor Switch(string name, string summary, string origin,
        Func<GatewayOptions, bool> get, Func<GatewayOptions, bool, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "",
        Summary = summary,
        Origin = origin,
        Range = "true, false",
        Show = o => get(o) ? "true" : "false",
        Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
        {
            if (!bool.TryParse(values[0], out bool on))
            {
                return $"'{values[0]}' is neither true nor false";
            }

            options = with(options, on);
            return null;
        },
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
