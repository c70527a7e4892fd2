using SessionGateway.Commands;
using SessionGateway.Gateway.Holding;

namespace SessionGateway.Gateway.Options;

/// <summary>What the options mean for the memory of connections (ADR 0009).</summary>
internal static class ClientLimits
{
    // What stands around the longest value in a request or an answer.
    private const int AroundValue = 64 << 10;

    /// <summary>Bytes that all connections may hold together.</summary>
    public static long All(GatewayOptions options) => options.ClientsMemoryBytes > 0
        ? options.ClientsMemoryBytes
        : Math.Max(options.MemoryBytes / 4, 2 * Largest(options));

    /// <summary>Bytes that one connection may hold.</summary>
    public static long One(GatewayOptions options) => Math.Min(1 << 30, options.ClientMemoryBytes > 0
        ? options.ClientMemoryBytes
        : Math.Max(All(options) / 2, Largest(options)));

    /// <summary>How much of it may be replies that wait until what they tell is safe.</summary>
    public static HoldLimits Held(GatewayOptions options) => new(
        (int)Math.Min(options.HeldRepliesBytes, One(options) / 4),
        options.HeldRepliesAllBytes > 0 ? options.HeldRepliesAllBytes : All(options) / 8,
        options.Ack == AckKind.Memory ? 0 : 2 * (long)options.AckTimeout.TotalMilliseconds);

    /// <summary>The limits that commands and connections keep.</summary>
    public static CommandLimits From(GatewayOptions options, int maxConnections)
    {
        long one = One(options);
        return new CommandLimits
        {
            MaxValueBytes = options.MaxValueBytes,
            MaxBulkBytes = (int)Math.Min(options.MaxBulkBytes, one - AroundValue),
            MaxConnections = maxConnections,
            IdleTimeout = options.IdleTimeout,
            OutputSoftBytes = options.OutputSoftBytes,
            RequestsPerTurn = options.RequestsPerTurn,
            KeysReplyBytes = (int)Math.Min(new CommandLimits().KeysReplyBytes, one / 2),
            ClientBytes = one,
            AllClientsBytes = All(options),
            ScriptBytes = options.ScriptMemoryBytes,
            AllScriptsBytes = options.ScriptsMemoryBytes,
            CachedScripts = options.ScriptCache,
            CachedScriptBytes = options.ScriptCacheMemoryBytes,
            NormalOutput = options.OutputLimit.Normal.Within(one),
            PubSubOutput = options.OutputLimit.PubSub.Within(one),
        };
    }

    // A value that memcached clients may store must fit, and be read.
    private static long Largest(GatewayOptions options) => options.MaxValueBytes + (1L << 20);
}
