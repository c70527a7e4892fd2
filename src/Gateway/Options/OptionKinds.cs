using System.Globalization;

namespace SessionGateway.Gateway.Options;

/// <summary>The kinds of values that options have: how each is read, checked and shown.</summary>
internal static class OptionKinds
{
    /// <summary>A whole number.</summary>
    public static OptionDescriptor Number(string name, int min, int max, string summary, string origin,
        int defaultValue, Func<GatewayOptions, int, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "N",
        Summary = summary,
        Origin = origin,
        Range = $"{Text(min)} to {Text(max)}",
        Default = Text(defaultValue),
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
        long defaultValue, Func<GatewayOptions, long, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "SIZE",
        Summary = summary,
        Origin = origin,
        Range = $"{ByteSize.Format(min)} to {ByteSize.Format(max)}",
        Default = ByteSize.Format(defaultValue),
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
        string origin, TimeSpan defaultValue, Func<GatewayOptions, TimeSpan, GatewayOptions> with)
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
            Default = Duration.Format(defaultValue),
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

    /// <summary>One of several names.</summary>
    public static OptionDescriptor Choice<T>(string name, (string Name, T Value)[] choices, string summary,
        string origin, string defaultName, Func<GatewayOptions, T, GatewayOptions> with)
    {
        string range = string.Join(", ", choices.Select(choice => choice.Name));
        return new()
        {
            Name = name,
            Value = "NAME",
            Summary = summary,
            Origin = origin,
            Range = range,
            Default = defaultName,
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                foreach ((string choice, T value) in choices)
                {
                    if (choice.Equals(values[0], StringComparison.OrdinalIgnoreCase))
                    {
                        options = with(options, value);
                        return null;
                    }
                }

                return $"'{values[0]}' is none of {range}";
            },
        };
    }

    /// <summary>On or off.</summary>
    public static OptionDescriptor Switch(
        string name, string summary, string origin, Func<GatewayOptions, bool, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "",
        Summary = summary,
        Origin = origin,
        Range = "true, false",
        Default = "false",
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
