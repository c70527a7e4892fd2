using SessionGateway.Commands;

namespace SessionGateway.Gateway.Options;

/// <summary>Output limits of the classes of connections.</summary>
/// <param name="Normal">Whoever asks and does not read the answers. HardBytes 0: as much as one connection may
/// hold.</param>
/// <param name="PubSub">Who is subscribed to something.</param>
internal sealed record OutputLimits(OutputLimit Normal, OutputLimit PubSub)
{
    /// <summary>Redis': normal 0 0 0, pubsub 32mb 8mb 60.</summary>
    public static OutputLimits Default { get; } =
        new(new OutputLimit(0), new OutputLimit(32 << 20, 8 << 20, TimeSpan.FromSeconds(60)));

    /// <summary>Reads <c>--output-limit</c>: CLASS=HARD[,SOFT,TIME].</summary>
    public static string? Set(IReadOnlyList<string> values, ref GatewayOptions options)
    {
        OutputLimits limits = Default;
        foreach (string value in values)
        {
            int mark = value.IndexOf('=', StringComparison.Ordinal);
            if (mark < 0 || !TryRead(value[(mark + 1)..], out OutputLimit limit))
            {
                return $"'{value}' is not CLASS=HARD or CLASS=HARD,SOFT,TIME such as pubsub=32m,8m,60s";
            }

            switch (value[..mark].ToLowerInvariant())
            {
                case "normal":
                    limits = limits with { Normal = limit };
                    break;
                case "pubsub":
                    limits = limits with { PubSub = limit };
                    break;
                default:
                    return $"'{value}': the classes are normal and pubsub";
            }
        }

        options = options with { OutputLimit = limits };
        return null;
    }

    /// <summary>As a user would write it.</summary>
    public override string ToString() => $"normal={Text(Normal)}, pubsub={Text(PubSub)}";

    private static bool TryRead(string text, out OutputLimit limit)
    {
        limit = default;
        string[] parts = text.Split(',');
        if (parts.Length is not (1 or 3) || !TrySize(parts[0], out long hard))
        {
            return false;
        }

        long soft = 0;
        TimeSpan time = default;
        if (parts.Length == 3 && (!TrySize(parts[1], out soft) || !Duration.TryParse(parts[2], out time)))
        {
            return false;
        }

        limit = new OutputLimit(hard, soft, time);
        return hard == 0 || soft <= hard;
    }

    private static bool TrySize(string text, out long bytes) =>
        ByteSize.TryParse(text, out bytes) && bytes is >= 0 and <= 1 << 30;

    private static string Text(OutputLimit limit) => limit.SoftBytes == 0
        ? ByteSize.Format(limit.HardBytes)
        : $"{ByteSize.Format(limit.HardBytes)},{ByteSize.Format(limit.SoftBytes)},{Duration.Format(limit.SoftTime)}";
}
