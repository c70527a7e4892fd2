using System.Diagnostics.Metrics;
using SessionGateway.Commands;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>
/// A part of the gateway beside the way of requests: the composition root knows of it only this, and one line of
/// <see cref="GatewayFeatures"/> adds it. Its options are rows of <c>OptionTable</c>, which it reads in its context.
/// </summary>
internal interface IGatewayFeature
{
    /// <summary>Name, as in the log's and the meter's <c>SessionGateway.NAME</c>.</summary>
    string Name { get; }

    /// <summary>What it adds to INFO; asked for once, after the start.</summary>
    IReadOnlyList<InfoAddition> Info => [];

    /// <summary>
    /// Begins. Store, services and loops exist; no loop runs and nothing is accepted yet. What it opens on a loop
    /// begins when the loop does.
    /// </summary>
    /// <exception cref="Options.StartupException">It cannot, and the user can do something about it.</exception>
    void Start(FeatureContext context);

    /// <summary>
    /// Brings what takes long, on the thread that starts the gateway. The loops may run and answer connections by then:
    /// commands on items are refused while it has <see cref="CommandServices.Loading"/> set.
    /// </summary>
    /// <param name="cancellation">The process is to end: nobody waits for it any more.</param>
    /// <exception cref="Options.StartupException">It cannot, and the user can do something about it.</exception>
    void Load(CancellationToken cancellation)
    {
    }

    /// <summary>Adds its instruments to its meter, after the start: they are read when somebody listens.</summary>
    void AddInstruments(Meter meter)
    {
    }

    /// <summary>Once a second on the first loop's thread: nothing that waits, and nothing long.</summary>
    /// <param name="now">Unix milliseconds.</param>
    void Look(long now)
    {
    }

    /// <summary>Ends: the loops have stopped, the store is still there. Not called when the start failed.</summary>
    void Stop()
    {
    }
}
