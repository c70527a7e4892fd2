using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Reporting;

/// <summary>All rounds of all servers on one workload.</summary>
internal sealed record WorkloadResult(Workload Workload, IReadOnlyList<Sample> Samples)
{
    public bool Has(string server) => Samples.Any(sample => sample.Server == server);

    public Spread Of(string server, Func<Sample, double> value) =>
        Spread.Of(Samples.Where(sample => sample.Server == server).Select(value));

    /// <summary>Server ÷ peer, each round by itself.</summary>
    public Spread Ratio(string server, string peer, Func<Sample, double> value) =>
        Spread.Of(Pairs(server, peer).Select(pair => value(pair.Ours) / value(pair.Theirs)));

    /// <summary>
    /// Server ÷ peer slice by slice, of which each round gives the median: a slow second of the machine falls on both
    /// or drops out.
    /// </summary>
    public Spread SliceRatio(string server, string peer, Func<Slice, double> value) =>
        Spread.Of(Pairs(server, peer).Select(pair => Spread.Of(
            pair.Ours.Slices.Zip(pair.Theirs.Slices, (ours, theirs) => value(ours) / value(theirs))).Median));

    private IEnumerable<(Sample Ours, Sample Theirs)> Pairs(string server, string peer) =>
        from ours in Samples
        where ours.Server == server
        join theirs in Samples.Where(sample => sample.Server == peer) on ours.Round equals theirs.Round
        select (ours, theirs);
}
