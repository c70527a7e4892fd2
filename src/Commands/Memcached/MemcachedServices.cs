using SessionGateway.Commands.Memcached.Statistics;

namespace SessionGateway.Commands.Memcached;

/// <summary>What all memcached connections of the process share.</summary>
public sealed class MemcachedServices
{
    /// <summary>Counters by prefix (<c>stats detail</c>).</summary>
    internal PrefixStats Prefixes { get; } = new();

    /// <summary>Whether <c>stats sizes</c> tells sizes (<c>stats sizes_enable</c>).</summary>
    internal bool TellsSizes { get; set; }
}
