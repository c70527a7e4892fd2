namespace SessionGateway.Gateway.Connections.Strangers;

/// <summary>The failed logins of one address.</summary>
internal sealed class AddressFailures
{
    /// <summary>Failures with no pause of a minute between them.</summary>
    public int InRow { get; set; }

    /// <summary>Unix milliseconds of the last one.</summary>
    public long LastAt { get; set; }

    /// <summary>Failures that the log has not told.</summary>
    public long Untold { get; set; }

    /// <summary>Unix milliseconds of the last line in the log, 0 before the first.</summary>
    public long ToldAt { get; set; }
}
