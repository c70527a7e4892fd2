using System.Globalization;
using System.Runtime.InteropServices;
using SessionGateway.Store.Policies;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>
/// The parts of INFO: names and order of redis 7, without the lines that have no counterpart here. Client libraries
/// read redis_version, redis_mode, run_id, role, loading, maxmemory, connected_slaves and the databases.
/// </summary>
internal static class InfoSections
{
    public static InfoSection[] All { get; } =
    [
        new("Server", WriteServer),
        new("Clients", WriteClients),
        new("Memory", WriteMemory),
        new("Persistence", WritePersistence),
        new("Stats", WriteStats),
        new("Replication", WriteReplication),
        new("CPU", WriteCpu),
        new("Cluster", WriteCluster),
        new("Keyspace", KeyspaceSection.Write),
    ];

    private static void WriteServer(InfoWriter writer, in RespCall call)
    {
        CommandServices services = call.Services;
        long uptime = Math.Max(call.Now - services.StartedAt, 0) / 1000;
        writer.Add("redis_version", RespServices.RedisVersionText);
        writer.Add("gateway_version", services.Version);
        writer.Add("redis_mode", "standalone");
        writer.Add("os", RuntimeInformation.OSDescription);
        writer.Add("arch_bits", IntPtr.Size * 8);
        writer.Add("process_id", Environment.ProcessId);
        writer.Add("run_id", services.RunId);
        writer.Add("tcp_port", services.PortFor(call.Client));
        TimeSpan time = services.Time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        writer.Add("server_time_usec", time.Ticks / TimeSpan.TicksPerMicrosecond);
        writer.Add("uptime_in_seconds", uptime);
        writer.Add("uptime_in_days", uptime / 86_400);
        writer.Add("io_threads_active", services.Threads > 1 ? 1 : 0);
    }

    private static void WriteClients(InfoWriter writer, in RespCall call)
    {
        // Who has not said a word may yet speak either protocol and is told by both.
        long others = call.Services.Stats.Sum(s => s.Memcached.OpenConnections);
        writer.Add("connected_clients", call.Services.Connections.Count - others);
        writer.Add("maxclients", call.Services.Limits.MaxConnections);
        writer.Add("blocked_clients", 0);
    }

    private static void WriteMemory(InfoWriter writer, in RespCall call)
    {
        writer.AddBytes("used_memory", call.Store.UsedBytes);
        writer.AddBytes("used_memory_rss", Environment.WorkingSet);
        writer.AddBytes("maxmemory", call.Store.MemoryLimit);
        writer.Add("maxmemory_policy", ConfigValues.MaxMemoryPolicy(call.Store));
        writer.Add("mem_clients_normal", call.Store.BufferBytes);
        writer.Add("memory_reserve_bytes", call.Store.ReserveBytes);
        writer.Add("memory_reserve_used_bytes", call.Store.ReserveUsedBytes);
        writer.Add("memory_pressure", call.Store.MemoryPressure.ToString().ToLowerInvariant());
        CompressionReport compression = call.Store.ReportCompression();
        writer.Add("compressed_values", compression.Values);
        writer.Add("compression_saved_bytes", compression.SavedBytes);
        writer.Add("compression_usec", (long)(compression.CompressTime + compression.ExpandTime).TotalMicroseconds);
    }

    private static void WritePersistence(InfoWriter writer, in RespCall call)
    {
        writer.Add("loading", 0);
        writer.Add("rdb_bgsave_in_progress", 0);
        writer.Add("rdb_last_save_time", call.Services.StartedAt / 1000);
        writer.Add("aof_enabled", 0);
    }

    private static void WriteStats(InfoWriter writer, in RespCall call)
    {
        StatsSnapshot stats = StatsSnapshot.Take(call) - call.Services.Resp.StatsBase;
        writer.Add("total_connections_received", stats.Connections);
        writer.Add("total_commands_processed", stats.Commands);
        writer.Add("total_net_input_bytes", stats.BytesRead);
        writer.Add("total_net_output_bytes", stats.BytesWritten);
        writer.Add("rejected_connections", stats.Rejected);
        writer.Add("expired_keys", stats.Expired);
        writer.Add("evicted_keys", stats.Evicted);
        foreach (LossReason reason in LossReasons.All)
        {
            writer.Add($"sessions_lost_{LossReasons.Name(reason)}", call.Store.LostCount(reason));
        }

        writer.Add("writes_refused", call.Store.RefusedCount);
        writer.Add("writes_refused_inside", call.Store.ReserveRefusedCount);
        writer.Add("writes_skipped", call.Store.UnchangedCount);
        writer.Add("keyspace_hits", stats.Hits);
        writer.Add("keyspace_misses", stats.Misses);
        writer.Add("pubsub_channels", call.Services.Resp.PubSub.ChannelsLike("*"u8).Count);
        writer.Add("pubsub_patterns", call.Services.Resp.PubSub.PatternCount);
        writer.Add("total_error_replies", stats.ErrorReplies);
        writer.Add("gateway_failed_commands", call.Services.Stats.Sum(s => s.FailedCommands));
    }

    private static void WriteReplication(InfoWriter writer, in RespCall call)
    {
        writer.Add("role", "master");
        writer.Add("connected_slaves", 0);
        writer.Add("master_replid", call.Services.RunId);
        writer.Add("master_repl_offset", 0);
    }

    private static void WriteCpu(InfoWriter writer, in RespCall call)
    {
        Environment.ProcessCpuUsage usage = Environment.CpuUsage;
        writer.Add("used_cpu_sys", Seconds(usage.PrivilegedTime));
        writer.Add("used_cpu_user", Seconds(usage.UserTime));
    }

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);

    private static void WriteCluster(InfoWriter writer, in RespCall call) => writer.Add("cluster_enabled", 0);
}
