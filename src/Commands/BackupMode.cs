namespace SessionGateway.Commands;

/// <summary>What a node whose primary is another one does with requests for items.</summary>
public enum BackupMode
{
    /// <summary>It answers reads itself and refuses writes, as Redis does.</summary>
    ReadOnly,

    /// <summary>They go to the primary, and answers come back.</summary>
    Forward,

    /// <summary>Clients that said CLIENT CAPA redirect are told where the primary is (Valkey 8), all others are
    /// forwarded.</summary>
    Redirect,

    /// <summary>Redis clients are told MOVED, as in a cluster; memcached clients, who have no such answer, are
    /// forwarded.</summary>
    Moved,
}
