namespace SessionGateway.Gateway.Options;

/// <summary>What outlives the process.</summary>
internal enum PersistKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Everything, by an append log.</summary>
    Log,
}
