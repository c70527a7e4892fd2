using System.Diagnostics.Metrics;
using SessionGateway.Commands;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Forwarding;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>Finds the primary that connections are spliced to (ADR 0036), and tells how many are.</summary>
internal sealed class ForwardingFeature : IGatewayFeature
{
    // An operator reads the log now and again; one line a second would hide the others.
    private const int TellEveryMilliseconds = 10_000;

    private Forwarder? _forwarder;
    private PrimaryFollower? _follower;
    private ForwardingLog _log = null!;
    private long _tellAt;

    /// <inheritdoc/>
    public string Name => "Forwarding";

    /// <inheritdoc/>
    public void Start(FeatureContext context)
    {
        _log = new ForwardingLog(context.Log);
        _forwarder = context.Loops[0].Settings.Forwarder;
        if (_forwarder is null)
        {
            return;
        }

        if (context.Options.IsAgent)
        {
            _follower = new PrimaryFollower(context.Loops[0], context.Options, _forwarder, _log);
            _follower.Start();
        }
    }

    /// <inheritdoc/>
    public void AddInstruments(Meter meter)
    {
        if (_forwarder is not { } forwarder)
        {
            return;
        }

        meter.CreateObservableGauge("spliced_connections", () => forwarder.Spliced, "{connection}",
            "Clients that are connected to the primary.");
        meter.CreateObservableCounter("splices_opened", () => forwarder.Stats.Opened, "{connection}",
            "Connections opened to a primary.");
        meter.CreateObservableCounter("splices_kept", () => forwarder.Stats.Kept, "{connection}",
            "Clients that stayed connected while their connection to a primary ended.");
        meter.CreateObservableCounter("splices_cut", () => forwarder.Stats.Cut, "{connection}",
            "Clients that were closed with a request on its way.");
        meter.CreateObservableCounter("splices_refused", () => forwarder.Stats.Refused, "{connection}",
            "Clients that were told that there is no primary.");
    }

    /// <inheritdoc/>
    public void Look(long now)
    {
        if (_follower?.Problem() is { Length: > 0 } problem)
        {
            // Answers need a moment after the start.
            _tellAt = _tellAt == 0 ? now + 1000 : _tellAt;
            if (now >= _tellAt)
            {
                _tellAt = now + TellEveryMilliseconds;
                _log.NoPrimary(problem);
            }
        }
        else
        {
            _tellAt = 0;
        }
    }
}
