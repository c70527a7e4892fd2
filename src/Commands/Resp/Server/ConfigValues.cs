using System.Collections.Concurrent;
using System.Globalization;
using SessionGateway.Store;
using SessionGateway.Store.Policies;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>
/// The parameters of CONFIG: what clients ask for. Most tell how the process was started and cannot be set; a few
/// steer things that have no effect here, and keep what they are set to.
/// </summary>
internal sealed class ConfigValues
{
    private readonly ConcurrentDictionary<string, string> _settable = new(StringComparer.OrdinalIgnoreCase)
    {
        ["latency-monitor-threshold"] = "0",
        ["slowlog-log-slower-than"] = "10000",
        ["slowlog-max-len"] = "128",
    };

    /// <summary>What happens when memory ends, by Redis' names.</summary>
    public static string MaxMemoryPolicy(ItemStore store) => store.Policy switch
    {
        EvictionPolicy.EvictLru => "allkeys-lru",
        EvictionPolicy.VolatileTtl => "volatile-ttl",
        _ => "noeviction",
    };

    /// <summary>All parameters with their values.</summary>
    public IEnumerable<KeyValuePair<string, string>> All(CommandServices services) => Fixed(services).Concat(_settable);

    /// <summary>Whether a parameter may be set to a value.</summary>
    public ConfigOutcome Check(CommandServices services, string name, string value)
    {
        if (_settable.ContainsKey(name))
        {
            return ConfigOutcome.Ok;
        }

        foreach ((string known, string current) in Fixed(services))
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return current == value ? ConfigOutcome.Ok : ConfigOutcome.Immutable;
            }
        }

        return ConfigOutcome.Unknown;
    }

    /// <summary>Sets a value that <see cref="Check"/> allowed.</summary>
    public void Set(string name, string value)
    {
        if (_settable.ContainsKey(name))
        {
            _settable[name] = value;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Fixed(CommandServices services) =>
    [
        new("appendonly", "no"),
        new("cluster-enabled", "no"),
        new("databases", Text(ItemStore.DatabaseCount)),
        new("maxclients", Text(services.Limits.MaxConnections)),
        new("maxmemory", Text(services.Store.MemoryLimit)),
        new("maxmemory-policy", MaxMemoryPolicy(services.Store)),
        new("notify-keyspace-events", ""),
        new("port", Text(services.Port)),
        new("proto-max-bulk-len", Text(services.Limits.MaxBulkBytes)),
        new("replica-read-only", "yes"),
        new("save", ""),
        new("slave-read-only", "yes"),
        new("timeout", "0"),
    ];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
