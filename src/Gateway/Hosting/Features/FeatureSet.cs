using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>The features of a gateway: starts them in order, has them look, stops them in the opposite order.</summary>
internal sealed class FeatureSet(IReadOnlyList<IGatewayFeature> features, ILoggerFactory loggers) : IDisposable
{
    private readonly HostingLog _log = new(loggers.CreateLogger("SessionGateway.Hosting"));
    private readonly List<IGatewayFeature> _started = [];
    private readonly List<Meter> _meters = [];

    /// <summary>Starts all; when one cannot, those before it are stopped.</summary>
    /// <exception cref="StartupException">One cannot.</exception>
    public void Start(GatewayOptions options, CommandServices services, IReadOnlyList<EventLoop> loops)
    {
        try
        {
            foreach (IGatewayFeature feature in features)
            {
                string name = $"SessionGateway.{feature.Name}";
                feature.Start(new FeatureContext(options, services, loops, loggers.CreateLogger(name)));
                _started.Add(feature);
                var meter = new Meter(name);
                _meters.Add(meter);
                feature.AddInstruments(meter);
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        services.InfoAdditions = [.. features.SelectMany(feature => feature.Info)];
    }

    /// <summary>Has those that need time bring what they have to.</summary>
    /// <exception cref="StartupException">One cannot.</exception>
    /// <exception cref="OperationCanceledException">The process is to end.</exception>
    public void Load(CancellationToken cancellation)
    {
        foreach (IGatewayFeature feature in features)
        {
            feature.Load(cancellation);
        }
    }

    /// <summary>Once a second.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        foreach (IGatewayFeature feature in features)
        {
            feature.Look(now);
        }
    }

    /// <summary>Stops all that have been started; once, however often it is called. A failure of one is logged and
    /// keeps no other from stopping.</summary>
    public void Stop()
    {
        for (int i = _started.Count - 1; i >= 0; i--)
        {
            IGatewayFeature feature = _started[i];
            _started.RemoveAt(i);
            try
            {
                feature.Stop();
            }
            catch (Exception failure)
            {
                _log.FeatureStopFailed(failure, feature.Name);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _meters.ForEach(meter => meter.Dispose());
        _meters.Clear();
    }
}
