namespace SessionGateway.Durability.Writing;

/// <summary>When written records are brought to the disk.</summary>
public enum SyncPolicy
{
    /// <summary>Once a second.</summary>
    EverySecond,

    /// <summary>Before their replies are sent, many at once.</summary>
    Batch,

    /// <summary>When the system thinks fit, and at the end of a segment.</summary>
    No,
}
