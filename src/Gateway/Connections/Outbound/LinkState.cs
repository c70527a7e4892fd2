namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>How far a link has come.</summary>
internal enum LinkState
{
    /// <summary>Not started.</summary>
    Made,

    /// <summary>On its way.</summary>
    Connecting,

    /// <summary>Bytes can be sent.</summary>
    Open,

    /// <summary>Ended or closed.</summary>
    Over,
}
