namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>Limits of a link.</summary>
internal sealed record LinkLimits
{
    /// <summary>How long it may take to open, with the look-up of a name (StackExchange.Redis connectTimeout,
    /// 5 s).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so long a silence the peer is asked whether it is still there, by the system, three times in a
    /// third of that each (StackExchange.Redis keepAlive, 60 s; the thirds are those of Redis, anet.c).</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes that may wait to be sent (Redis client-output-buffer-limit of replicas, its soft 64
    /// MiB).</summary>
    public int MaxUnsentBytes { get; init; } = 64 << 20;

    /// <summary>Bytes that the owner may leave untaken: the longest message (as many as may wait in the other
    /// direction).</summary>
    public int MaxInputBytes { get; init; } = 64 << 20;
}
