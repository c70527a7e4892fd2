namespace SessionGateway.ResilienceTests.Support;

/// <summary>How a connection ended, seen by its client.</summary>
internal enum Ending
{
    /// <summary>FIN: everything that was sent has arrived.</summary>
    Closed,

    /// <summary>RST: something may be missing.</summary>
    Reset,
}
