using System.Diagnostics.Metrics;
using SessionGateway.AspNetCore.Storage;

namespace SessionGateway.AspNetCore.Diagnostics;

/// <summary>Meter and activity source. Nothing in them tells one session from another.</summary>
internal sealed class SharedSessionMetrics
{
    /// <summary>The name of both.</summary>
    public const string Name = "SessionGateway.AspNetCore";

    private readonly Histogram<double> _load;
    private readonly Histogram<double> _lockWait;
    private readonly Histogram<double> _store;
    private readonly TimeProvider _time;

    public SharedSessionMetrics(IMeterFactory meters, StoreCircuit circuit, TimeProvider time)
    {
        _time = time;
        Meter meter = meters.Create(Name);
        _load = meter.CreateHistogram<double>("shared_session.load.duration", "s", "Reading a session, with its lock.");
        _lockWait = meter.CreateHistogram<double>("shared_session.lock.wait.duration", "s",
            "Waiting for the lock of a session.");
        _store = meter.CreateHistogram<double>("shared_session.store.duration", "s",
            "Storing a session or renewing its time.");
        meter.CreateObservableGauge(
            "shared_session.store.away", () => circuit.IsAway ? 1 : 0,
            description: "1 while the store does not answer.");
    }

    /// <summary>Begins a measurement.</summary>
    public SessionMeasurement Load() => new(_load, "SharedSession.Load", _time);

    /// <summary>Begins a measurement.</summary>
    public SessionMeasurement LockWait() => new(_lockWait, "SharedSession.Lock", _time);

    /// <summary>Begins a measurement.</summary>
    public SessionMeasurement Store() => new(_store, "SharedSession.Store", _time);
}
