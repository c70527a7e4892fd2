using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionGateway.AspNetCore.Diagnostics;

/// <summary>One operation: say how it ended, then dispose it. Costs two time stamps where nobody listens.</summary>
internal sealed class SessionMeasurement(Histogram<double> histogram, string activity, TimeProvider time) : IDisposable
{
    private const string Outcome = "outcome";

    private static readonly ActivitySource Source = new(SharedSessionMetrics.Name);

    private readonly long _started = time.GetTimestamp();
    private readonly Activity? _activity = Source.StartActivity(activity);

    private string _outcome = "failed";
    private bool _isError = true;

    /// <summary>It ended as operations do.</summary>
    public void EndsWith(string outcome) => (_outcome, _isError) = (outcome, false);

    /// <summary>It failed, and why is known.</summary>
    public void FailsWith(string outcome) => _outcome = outcome;

    public void Dispose()
    {
        histogram.Record(time.GetElapsedTime(_started).TotalSeconds,
            new KeyValuePair<string, object?>(Outcome, _outcome));
        _activity?.SetTag(Outcome, _outcome);
        if (_isError)
        {
            _activity?.SetStatus(ActivityStatusCode.Error);
        }

        _activity?.Dispose();
    }
}
