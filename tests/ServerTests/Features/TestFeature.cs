using System.Diagnostics.Metrics;
using SessionGateway.Commands;
using SessionGateway.Gateway.Hosting.Features;

namespace SessionGateway.ServerTests.Features;

/// <summary>Writes down what is done with it.</summary>
internal sealed class TestFeature(string name, List<string> diary) : IGatewayFeature
{
    /// <summary>What it adds to INFO.</summary>
    public IReadOnlyList<InfoAddition> Info { get; init; } = [];

    /// <summary>Thrown by the start.</summary>
    public Exception? StartFailure { get; init; }

    /// <summary>Thrown by the stop.</summary>
    public Exception? StopFailure { get; init; }

    public string Name => name;

    public void Start(FeatureContext context)
    {
        if (StartFailure is not null)
        {
            throw StartFailure;
        }

        diary.Add($"start {name}");
    }

    public void AddInstruments(Meter meter) => meter.CreateObservableGauge("test_gauge", () => 42);

    public void Look(long now) => diary.Add($"look {name}");

    public void Stop()
    {
        diary.Add($"stop {name}");
        if (StopFailure is not null)
        {
            throw StopFailure;
        }
    }
}
