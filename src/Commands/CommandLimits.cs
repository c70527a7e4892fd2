namespace SessionGateway.Commands;

/// <summary>Limits that commands and codecs keep. Units in the names; the origin of each default stands with its option.</summary>
public sealed record CommandLimits
{
    /// <summary>Longest value a memcached client may store (memcached -I).</summary>
    public int MaxValueBytes { get; init; } = 1 << 20;

    /// <summary>Longest RESP bulk string (Redis proto-max-bulk-len).</summary>
    public int MaxBulkBytes { get; init; } = 512 << 20;

    /// <summary>Output after which a connection's requests wait until it is sent.</summary>
    public int OutputSoftBytes { get; init; } = 256 << 10;

    /// <summary>Requests executed for one connection before others have their turn.</summary>
    public int RequestsPerTurn { get; init; } = 1024;

    /// <summary>Most connections at a time.</summary>
    public int MaxConnections { get; init; } = 10_000;
}
