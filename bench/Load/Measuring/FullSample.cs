using SessionGateway.Bench.Load.Driving;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>One kind of small write on one of the two stores.</summary>
/// <param name="Request">What it does.</param>
/// <param name="IsFull">On the store that is full, or on the one that is not.</param>
internal sealed record FullSample(string Request, bool IsFull)
{
    /// <summary>From sending to the answer.</summary>
    public LatencyHistogram Waits { get; } = new();

    /// <summary>CPU time that the server used meanwhile.</summary>
    public LatencyHistogram Work { get; } = new();

    /// <summary>Answers that refuse the write.</summary>
    public int Refused { get; set; }
}
