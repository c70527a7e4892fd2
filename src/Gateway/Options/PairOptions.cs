using System.Globalization;

namespace SessionGateway.Gateway.Options;

/// <summary>Options of a node of a pair.</summary>
internal static class PairOptions
{
    private const string None = "none";
    private const int MostSentinels = 7;

    /// <summary>Their rows.</summary>
    public static IReadOnlyList<OptionDescriptor> All { get; } =
    [
        OptionKinds.Switch("pair",
            "One of two gateways that fail over by Redis Sentinels. What it is is in --data-dir; the first start needs "
                + "--bootstrap (the first node) or --replicaof (the second), later ones neither, nor --listen.",
            "one node alone is no pair",
            o => o.Pair, (o, v) => o with { Pair = v }),
        OptionKinds.Switch("bootstrap",
            "Of --pair: the first start of a new pair's first node, which is its primary.",
            "never by itself: an empty node that took itself for the primary would be followed",
            o => o.Bootstrap, (o, v) => o with { Bootstrap = v }),
        new()
        {
            Name = "pair-address",
            Value = "HOST:PORT",
            Summary = "Of --pair: the address of this node as Sentinels and the other node know it, when it is not the "
                + "first of --listen.",
            Origin = "the first --listen",
            Range = "an IP address and a port; none",
            Show = o => o.PairAddress?.ToString() ?? None,
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                var read = new List<ServerAddress>();
                if (values[0] != None && ServerAddress.Read(values[0], read) is { } problem)
                {
                    return problem;
                }

                options = options with { PairAddress = read.Count == 0 ? null : read[0] };
                return read.Count > 1 ? "more than one address" : null;
            },
        },
        OptionKinds.Number("pair-sentinels", 0, MostSentinels,
            "Of --pair: how many Sentinels watch it. More than half of them are needed for every decision; 0: an "
                + "operator decides ('gateway pair promote').",
            "three outlive one",
            o => o.PairSentinels, (o, v) => o with { PairSentinels = v }),
        OptionKinds.Time("pair-down-after", TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1), null,
            "Of --pair: down-after-milliseconds of the Sentinels. A backup may be promoted for 8 s more after it heard "
                + "of its primary; without one the primary goes on alone a second later.",
            "short enough for a web page, longer than pauses of a machine",
            o => o.PairDownAfter, (o, v) => o with { PairDownAfter = v }),
        new()
        {
            Name = "pair-operator",
            Value = "USER",
            Summary = "Of --pair: the user of --auth that Sentinels and operators log in as. Nobody else may send "
                + "their hellos, SLAVEOF, CONFIG REWRITE and CLIENT KILL TYPE; without it every user may.",
            Origin = "nobody but the operator knows",
            Range = "a user of --auth; none",
            Show = o => o.PairOperator.Length == 0 ? None : o.PairOperator,
            Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
            {
                options = options with { PairOperator = values[0] == None ? "" : values[0] };
                return null;
            },
        },
    ];

    /// <summary>What is wrong with options of a pair without looking at its directory; null: nothing.</summary>
    public static string? Problem(GatewayOptions o)
    {
        if (!o.Pair)
        {
            return o.Bootstrap ? "--bootstrap is for a node of a pair: --pair" : null;
        }

        return o.DataDir.Length == 0 ? "--pair needs a directory: --data-dir PATH"
            : o.Bootstrap && o.Replicaof is not null
                ? "--bootstrap begins a new pair and --replicaof joins one: give one of them"
            : o.PairOperator.Length > 0 && o.Auth.All(entry => entry.User != o.PairOperator)
                ? string.Create(CultureInfo.InvariantCulture, $"--pair-operator {o.PairOperator} is no user of --auth")
            : null;
    }
}
