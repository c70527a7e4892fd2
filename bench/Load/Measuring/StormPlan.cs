namespace SessionGateway.Bench.Load.Measuring;

/// <summary>How large the expiry storm is.</summary>
/// <param name="Sessions">Those that expire together.</param>
/// <param name="Ttl">From the beginning of the load to the deadline, rounded up to a whole second.</param>
/// <param name="ReadsPerSecond">Of the sessions that stay.</param>
/// <param name="MostSeconds">After the deadline the trial ends at the latest.</param>
internal sealed record StormPlan(int Sessions, TimeSpan Ttl, int ReadsPerSecond, int MostSeconds);
