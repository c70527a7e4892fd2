using System.Globalization;
using SessionGateway.Store;
using SessionGateway.Store.Policies;

namespace SessionGateway.Commands.Memcached;

/// <summary>The statistics of memcached's <c>stats</c>, by memcached's names (protocol.txt, "General-purpose statistics").</summary>
internal static class StatsReport
{
    /// <summary>The statistics of a group; empty group = general; null = no such group.</summary>
    public static IReadOnlyList<(string Name, string Value)>? Make(ReadOnlySpan<byte> group, CommandContext context) =>
        group.IsEmpty ? General(context)
        : group.SequenceEqual("settings"u8) ? Settings(context)
        : group.SequenceEqual("items"u8) ? Items(context)
        : group.SequenceEqual("slabs"u8) ? Slabs(context)
        : group.SequenceEqual("sizes"u8) ? [("sizes_status", "disabled")]
        : group.SequenceEqual("conns"u8) ? Connections(context)
        : null;

    /// <summary>stats reset: the counters start again; gauges stay.</summary>
    public static void Reset(CommandContext context) => context.Services.Stats.Reset();

    private static List<(string Name, string Value)> General(CommandContext context)
    {
        CommandServices services = context.Services;
        ServerStats stats = services.Stats;
        Environment.ProcessCpuUsage usage = Environment.CpuUsage;
        long items = context.Store.Count(0);
        long expired = 0;
        long evicted = 0;
        foreach (Shard shard in context.Store.Shards)
        {
            expired += shard.ExpiredCount;
            evicted += shard.EvictedCount;
        }

        return
        [
            ("pid", Text(Environment.ProcessId)),
            ("uptime", Text((context.Now - services.StartedAt) / 1000)),
            ("time", Text(context.Now / 1000)),
            ("version", MemcachedVersion.Text),
            ("gateway_version", services.Version),
            ("gateway_failed_commands", Text(stats.Sum(s => s.FailedCommands))),
            ("pointer_size", Text(IntPtr.Size * 8)),
            ("rusage_user", Seconds(usage.UserTime)),
            ("rusage_system", Seconds(usage.PrivilegedTime)),
            ("max_connections", Text(services.Limits.MaxConnections)),
            ("curr_connections", Text(services.Connections.Count)),
            ("total_connections", Text(stats.Sum(s => s.Accepted))),
            ("rejected_connections", Text(stats.Sum(s => s.Rejected))),
            ("cmd_get", Text(stats.Sum(s => s.CmdGet))),
            ("cmd_set", Text(stats.Sum(s => s.CmdSet))),
            ("cmd_flush", Text(stats.Sum(s => s.CmdFlush))),
            ("cmd_touch", Text(stats.Sum(s => s.CmdTouch))),
            ("get_hits", Text(stats.Sum(s => s.GetHits))),
            ("get_misses", Text(stats.Sum(s => s.GetMisses))),
            ("get_expired", Text(expired)),
            ("delete_misses", Text(stats.Sum(s => s.DeleteMisses))),
            ("delete_hits", Text(stats.Sum(s => s.DeleteHits))),
            ("incr_misses", Text(stats.Sum(s => s.IncrMisses))),
            ("incr_hits", Text(stats.Sum(s => s.IncrHits))),
            ("decr_misses", Text(stats.Sum(s => s.DecrMisses))),
            ("decr_hits", Text(stats.Sum(s => s.DecrHits))),
            ("cas_misses", Text(stats.Sum(s => s.CasMisses))),
            ("cas_hits", Text(stats.Sum(s => s.CasHits))),
            ("cas_badval", Text(stats.Sum(s => s.CasBadval))),
            ("touch_hits", Text(stats.Sum(s => s.TouchHits))),
            ("touch_misses", Text(stats.Sum(s => s.TouchMisses))),
            ("auth_cmds", Text(stats.Sum(s => s.AuthCommands))),
            ("auth_errors", Text(stats.Sum(s => s.AuthErrors))),
            ("bytes_read", Text(stats.Sum(s => s.BytesRead))),
            ("bytes_written", Text(stats.Sum(s => s.BytesWritten))),
            ("limit_maxbytes", Text(context.Store.MemoryLimit)),
            ("accepting_conns", "1"),
            ("threads", Text(services.Threads)),
            ("bytes", Text(context.Store.UsedBytes - context.Store.BufferBytes)),
            ("curr_items", Text(items)),
            ("total_items", Text(stats.Sum(s => s.TotalItems))),
            ("evictions", Text(evicted)),
            ("store_no_memory", Text(context.Store.RefusedCount)),
            .. Memory(context.Store),
        ];
    }

    // No names of memcached: what its statistics have no word for.
    private static IEnumerable<(string Name, string Value)> Memory(ItemStore store)
    {
        CompressionReport compression = store.ReportCompression();
        return
        [
            .. LossReasons.All.Select(r => ($"sessions_lost_{LossReasons.Name(r)}", Text(store.LostCount(r)))),
            ("writes_skipped", Text(store.UnchangedCount)),
            ("connection_buffer_bytes", Text(store.BufferBytes)),
            ("memory_reserve_bytes", Text(store.ReserveBytes)),
            ("memory_reserve_used_bytes", Text(store.ReserveUsedBytes)),
            ("writes_refused_inside", Text(store.ReserveRefusedCount)),
            ("memory_pressure", store.MemoryPressure.ToString().ToLowerInvariant()),
            ("compressed_values", Text(compression.Values)),
            ("compression_saved_bytes", Text(compression.SavedBytes)),
            ("compression_usec", Text((long)(compression.CompressTime + compression.ExpandTime).TotalMicroseconds)),
        ];
    }

    private static List<(string Name, string Value)> Settings(CommandContext context)
    {
        CommandServices services = context.Services;
        return
        [
            ("maxbytes", Text(context.Store.MemoryLimit)),
            ("maxconns", Text(services.Limits.MaxConnections)),
            ("tcpport", Text(services.Port)),
            ("udpport", "0"),
            ("evictions", context.Store.Policy == EvictionPolicy.Protect ? "off" : "on"),
            ("num_threads", Text(services.Threads)),
            ("item_size_max", Text(services.Limits.MaxValueBytes)),
            ("cas_enabled", "yes"),
            ("auth_enabled_sasl", services.Credentials.AreRequired ? "yes" : "no"),
            ("binding_protocol", "auto-negotiate"),
            ("flush_enabled", "yes"),
        ];
    }

    private static List<(string Name, string Value)> Items(CommandContext context)
    {
        long items = context.Store.Count(0);
        return items == 0 ? [] : [("items:1:number", Text(items))];
    }

    private static List<(string Name, string Value)> Slabs(CommandContext context) =>
    [
        ("active_slabs", "0"),
        ("total_malloced", Text(context.Store.UsedBytes)),
    ];

    private static List<(string Name, string Value)> Connections(CommandContext context)
    {
        var report = new List<(string, string)>();
        foreach (ClientConnection connection in context.Services.Connections.Snapshot())
        {
            string id = Text(connection.Id);
            report.Add(($"{id}:addr", $"tcp:{connection.RemoteAddress}"));
            report.Add(($"{id}:listen_addr", $"tcp:{connection.LocalAddress}"));
            report.Add(($"{id}:secs_since_last_cmd", Text((context.Now - connection.LastActive) / 1000)));
        }

        return report;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture);
}
