namespace SessionGateway.Protocols.Resp;

/// <summary>What a reader accepts from a connection.</summary>
/// <param name="MaxArguments">Most arguments of a request.</param>
/// <param name="MaxBulkBytes">Longest argument.</param>
/// <param name="IsAuthenticated">False before a login that is required: then the limits are those of Redis 7 for
/// strangers.</param>
public readonly record struct RespLimits(int MaxArguments, int MaxBulkBytes, bool IsAuthenticated)
{
    /// <summary>
    /// Most arguments of a request (the limit of Redis up to 6.2; without one an announcement costs memory).
    /// </summary>
    public const int DefaultMaxArguments = 1024 * 1024;

    /// <summary>Longest inline request and longest line with a length (Redis PROTO_INLINE_MAX_SIZE).</summary>
    public const int MaxLineBytes = 64 * 1024;

    /// <summary>Longest request as a whole (Redis client-query-buffer-limit).</summary>
    public const int MaxRequestBytes = 1 << 30;

    /// <summary>Most arguments before the login (Redis 7, CVE-2021-32675).</summary>
    public const int StrangerArguments = 10;

    /// <summary>Longest argument before the login (Redis 7, CVE-2021-32675).</summary>
    public const int StrangerBulkBytes = 16 * 1024;

    /// <summary>A length up to here is within every limit.</summary>
    internal int ShortBulkBytes => Math.Min(MaxBulkBytes, StrangerBulkBytes);

    /// <summary>The default limits with a given longest argument.</summary>
    public static RespLimits Default(int maxBulkBytes, bool isAuthenticated) =>
        new(DefaultMaxArguments, maxBulkBytes, isAuthenticated);
}
