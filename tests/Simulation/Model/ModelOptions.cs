using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>What is explored.</summary>
internal sealed record ModelOptions
{
    /// <summary>Rules that hold.</summary>
    public PairRules Rules { get; init; } = PairRules.All & ~PairRules.Relinquish;

    /// <summary>How a lone node acknowledges.</summary>
    public AloneAck Alone { get; init; } = AloneAck.Disk;

    /// <summary>Which faults.</summary>
    public Faults Faults { get; init; } = Faults.All;

    /// <summary>How many of them.</summary>
    public int Budget { get; init; } = 1;

    /// <summary>How many patterns of cuts: the first 16 are of A's directions, 64 are all.</summary>
    public int Cuts { get; init; } = Model.Cuts.OfA;

    /// <summary>How many writes are made.</summary>
    public int Writes { get; init; } = 1;

    /// <summary>Highest epoch; the pair starts in 1.</summary>
    public int Epochs { get; init; } = 2;

    /// <summary>Whether leases, their answers and acknowledgements are under way for any time, instead of
    /// none.</summary>
    public bool HasDelays { get; init; }

    /// <summary>What a hello has to be below, for a primary that goes on alone, when the rule of the base is replaced
    /// by an older one.</summary>
    public BaseVariant Variant { get; init; }

    /// <summary>The most worlds.</summary>
    public int Limit { get; init; } = 20_000_000;
}
