using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;

namespace SessionGateway.Gateway.Options;

/// <summary>What the options mean for the store.</summary>
internal static class StoreOptions
{
    /// <summary>The store's options.</summary>
    /// <param name="options">The gateway's.</param>
    /// <param name="seed">Hash seed, random per process.</param>
    /// <param name="time">Measures what compression costs.</param>
    public static SegmentStoreOptions From(GatewayOptions options, ulong seed, TimeProvider time) => new()
    {
        MemoryLimit = options.MemoryBytes,
        Seed = seed,
        Time = time,
        Policy = options.MemoryPolicy,
        Prefixes = Classes(options),
        Compression = Compression(options),
        SkipIdenticalWrites = !options.WriteIdentical,
    };

    // The store takes the first rule that fits: the longest prefixes come first.
    private static PrefixRule[] Classes(GatewayOptions options) =>
    [
        .. options.Anonymous.Select(p => new PrefixRule(KeyRuleOptions.Bytes(p), PrefixClass.Anonymous))
            .Concat(options.Evictable.Select(p => new PrefixRule(KeyRuleOptions.Bytes(p), PrefixClass.Evictable)))
            .OrderByDescending(r => r.Prefix.Length),
    ];

    private static CompressionRule[] Compression(GatewayOptions options) =>
    [
        .. options.Compress.Select(r => new CompressionRule(KeyRuleOptions.Bytes(r.Prefix), r.LeastBytes))
            .OrderByDescending(r => r.Prefix.Length),
    ];
}
