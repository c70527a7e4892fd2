using SessionGateway.Gateway.Metrics;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>Gives the managed heap's memory back after a burst.</summary>
internal sealed class HeapFeature : IGatewayFeature
{
    private HeapTrim _trim = null!;

    /// <inheritdoc/>
    public string Name => "Heap";

    /// <inheritdoc/>
    public void Start(FeatureContext context) =>
        _trim = HeapTrim.OfProcess(() => context.Loops.Sum(loop => loop.LeftBytes));

    /// <inheritdoc/>
    public void Look(long now) => _trim.Look(now);
}
