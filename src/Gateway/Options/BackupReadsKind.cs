namespace SessionGateway.Gateway.Options;

/// <summary>Who answers requests that only look, of those that are forwarded.</summary>
internal enum BackupReadsKind
{
    /// <summary>The primary.</summary>
    Forward,

    /// <summary>The replica that is asked, until the connection has been forwarded for another request.</summary>
    Local,
}
