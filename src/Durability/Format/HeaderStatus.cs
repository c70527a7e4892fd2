namespace SessionGateway.Durability.Format;

/// <summary>Outcome of reading a segment's header.</summary>
public enum HeaderStatus
{
    /// <summary>It is whole.</summary>
    Read,

    /// <summary>It is none, or not whole.</summary>
    Damaged,

    /// <summary>A later version of the gateway wrote it.</summary>
    Newer,
}
