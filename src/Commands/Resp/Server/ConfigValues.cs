using System.Globalization;
using SessionGateway.Store;
using SessionGateway.Store.Policies;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>
/// The parameters of CONFIG: what clients ask for and what has a counterpart here. All but those of <see
/// cref="RuntimeSettings"/> tell how the process was started. docs/protocols/config.md says why a name of Redis is
/// missing, and a test compares the lists with those of redis-server.
/// </summary>
internal static class ConfigValues
{
    /// <summary>What happens when memory ends, by Redis' names.</summary>
    public static string MaxMemoryPolicy(ItemStore store) => store.Policy switch
    {
        EvictionPolicy.EvictLru => "allkeys-lru",
        EvictionPolicy.VolatileTtl => "volatile-ttl",
        _ => "noeviction",
    };

    /// <summary>All parameters with their values.</summary>
    public static KeyValuePair<string, string>[] All(in RespCall call)
    {
        CommandServices services = call.Services;
        return
        [
            new("appendonly", services.LogPlace is null ? "no" : "yes"),
            new("client-output-buffer-limit",
                $"normal {services.Limits.NormalOutput} slave 0 0 0 pubsub {services.Limits.PubSubOutput}"),
            new("client-query-buffer-limit", Text(services.Limits.ClientBytes)),
            new("cluster-enabled", "no"),
            new("daemonize", "no"),
            new("databases", Text(ItemStore.DatabaseCount)),
            new("dir", services.LogPlace?.Directory ?? ""),
            new("appendfsync", services.LogPlace?.Fsync ?? "no"),
            new("enable-debug-command", services.Resp.Debug.ToString().ToLowerInvariant()),
            new("io-threads", Text(services.Threads)),
            new("maxclients", Text(services.Limits.MaxConnections)),
            new("maxmemory", Text(services.Store.MemoryLimit)),
            new("maxmemory-clients", Text(services.Limits.AllClientsBytes)),
            new("maxmemory-policy", MaxMemoryPolicy(services.Store)),
            new("min-replicas-to-write", "0"),
            new("min-slaves-to-write", "0"),
            new("port", Text(services.PortFor(call.Client))),
            new("proto-max-bulk-len", Text(services.Limits.MaxBulkBytes)),
            new("replica-read-only", "yes"),
            new("replicaof", ""),
            new("save", ""),
            new("slave-read-only", "yes"),
            new("slaveof", ""),
            new("timeout", Text((long)Math.Ceiling(services.Limits.IdleTimeout.TotalSeconds))),
            new("tls-port", "0"),
            .. RuntimeSettings.All.Select(s => new KeyValuePair<string, string>(s.Name, s.Show(services))),
        ];
    }

    /// <summary>Whether a parameter that is fixed may be set to a value: only to the one it has.</summary>
    public static ConfigOutcome Check(in RespCall call, string name, string value)
    {
        foreach ((string known, string current) in All(call))
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return current == value ? ConfigOutcome.Ok : ConfigOutcome.Immutable;
            }
        }

        return ConfigOutcome.Unknown;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
