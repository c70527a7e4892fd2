namespace SessionGateway.Gateway.Options;

/// <summary>What has to have a write before it is acknowledged, while there is no backup.</summary>
internal enum AckAloneKind
{
    /// <summary>The disk.</summary>
    Disk,

    /// <summary>Nothing is written.</summary>
    Refuse,

    /// <summary>Memory.</summary>
    Memory,
}
