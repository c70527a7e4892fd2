namespace SessionGateway.Gateway.Pair;

/// <summary>What a Sentinel says every two seconds.</summary>
/// <param name="Address">Its own address.</param>
/// <param name="RunId">Its name.</param>
/// <param name="Current">Its current epoch.</param>
/// <param name="Name">The name under which it watches the pair.</param>
/// <param name="Primary">Whom it names.</param>
/// <param name="Config">The epoch of that.</param>
internal sealed record SentinelHello(
    string Address, string RunId, long Current, string Name, string Primary, long Config);
