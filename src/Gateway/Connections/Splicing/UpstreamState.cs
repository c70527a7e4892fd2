namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>How far a client's connection to the primary has come.</summary>
internal enum UpstreamState
{
    /// <summary>There is none; the next request opens one.</summary>
    Away,

    /// <summary>On its way.</summary>
    Connecting,

    /// <summary>Open, and the primary is being told who the client is.</summary>
    Greeting,

    /// <summary>Bytes go both ways.</summary>
    Open,
}
