namespace SessionGateway.Bench.Microbench.Store;

/// <summary>Value lengths of sessions: lognormal with median 600 and mean 1,200 bytes, at most 65,536.</summary>
internal sealed class SessionSizes(int seed)
{
    private const double Median = 600;
    private const int Most = 65_536;

    // mean = median · exp(sigma² / 2), so a mean of twice the median has sigma = sqrt(2 ln 2).
    private static readonly double Sigma = Math.Sqrt(2 * Math.Log(2));

    private readonly Random _random = new(seed);

    public int Next()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        double normal = radius * Math.Cos(2 * Math.PI * _random.NextDouble());
        return (int)Math.Clamp(Median * Math.Exp(Sigma * normal), 1, Most);
    }
}
