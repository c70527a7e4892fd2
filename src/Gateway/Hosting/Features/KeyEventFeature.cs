namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>Publishes events of keys as <c>--notify-keyspace-events</c> asks from the start.</summary>
internal sealed class KeyEventFeature : IGatewayFeature
{
    /// <inheritdoc/>
    public string Name => "KeyEvents";

    /// <inheritdoc/>
    public void Start(FeatureContext context) =>
        context.Services.Resp.Notify(context.Options.NotifyKeyspaceEvents, context.Store);
}
