namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>All features, in the order of their start; they stop in the opposite one.</summary>
internal static class GatewayFeatures
{
    /// <summary>Makes them anew.</summary>
    public static IReadOnlyList<IGatewayFeature> Create() =>
    [
        new StoreFeature(),
        new HoldFeature(),
        new PersistenceFeature(),
        new ReplicationFeature(),
        new PairFeature(),
        new LoginFeature(),
        new KeyEventFeature(),
        new ScriptFeature(),
        new HeapFeature(),
        new ForwardingFeature(),
    ];
}
