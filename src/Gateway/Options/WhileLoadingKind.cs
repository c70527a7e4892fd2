namespace SessionGateway.Gateway.Options;

/// <summary>What clients meet while the append log is read.</summary>
internal enum WhileLoadingKind
{
    /// <summary>An answer that says so; memcached connections that ask for an item are closed.</summary>
    Answer,

    /// <summary>An answer that says so.</summary>
    Error,

    /// <summary>A port that refuses connections.</summary>
    Closed,
}
