namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>What ends a link.</summary>
internal enum LinkEndKind
{
    /// <summary>It could not be opened: refused, unreachable, no such address.</summary>
    NotConnected,

    /// <summary>It was not open when its time was over.</summary>
    TimedOut,

    /// <summary>The other side has closed it; all that it sent before has been handed over.</summary>
    PeerClosed,

    /// <summary>It was reset.</summary>
    Broken,

    /// <summary>More came than the owner may leave untaken.</summary>
    TooMuchInput,

    /// <summary>The owner threw an exception.</summary>
    OwnerFailed,

    /// <summary>Its loop has stopped.</summary>
    LoopStopped,
}
