using System.Globalization;
using SessionGateway.Store;
using SessionGateway.Store.Policies;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>The statistics of memcached's <c>stats</c>, by memcached's names (protocol.txt, "General-purpose
/// statistics").</summary>
internal static class StatsReport
{
    /// <summary>The statistics of a group; empty group = general; null = no such group.</summary>
    /// <param name="group">The word behind stats, or the key of the binary request.</param>
    /// <param name="isText">False leaves out what memcached tells in text only.</param>
    /// <param name="context">What is asked.</param>
    public static IReadOnlyList<(string Name, string Value)>? Make(
        ReadOnlySpan<byte> group, bool isText, CommandContext context) =>
        group.IsEmpty ? General(context)
        : group.SequenceEqual("settings"u8) || (group.StartsWith("settings"u8) && !isText) ? Settings(context)
        : group.SequenceEqual("items"u8) ? Items(context)
        : group.SequenceEqual("slabs"u8) ? Slabs(context)
        : group.SequenceEqual("sizes"u8) ? [SizesStatus(context)]
        : group.SequenceEqual("sizes_enable"u8) ? SetSizes(true, context)
        : group.SequenceEqual("sizes_disable"u8) ? SetSizes(false, context)
        : group.SequenceEqual("conns"u8) && isText ? Connections(context)
        : null;

    /// <summary>stats reset: the counters of memcached's protocols start again; gauges stay.</summary>
    public static void Reset(CommandContext context)
    {
        context.Services.Stats.ResetMemcached();
        context.Services.Memcached.Prefixes.Clear();
    }

    private static List<(string Name, string Value)> General(CommandContext context)
    {
        CommandServices services = context.Services;
        ServerStats stats = services.Stats;
        Environment.ProcessCpuUsage usage = Environment.CpuUsage;
        long items = context.Store.Count(0);
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
            ("curr_connections", Text(services.Connections.Count - stats.Sum(s => s.Resp.OpenConnections))),
            ("total_connections", Text(stats.Sum(s => s.Memcached.Connections))),
            ("rejected_connections", Text(stats.Sum(s => s.Rejected))),
            ("cmd_get", Text(stats.Sum(s => s.Memcached.CmdGet))),
            ("cmd_set", Text(stats.Sum(s => s.Memcached.CmdSet))),
            ("cmd_flush", Text(stats.Sum(s => s.Memcached.CmdFlush))),
            ("cmd_touch", Text(stats.Sum(s => s.Memcached.CmdTouch))),
            ("get_hits", Text(stats.Sum(s => s.Memcached.GetHits))),
            ("get_misses", Text(stats.Sum(s => s.Memcached.GetMisses))),
            ("get_expired", Text(Sum(context.Store, s => s.ExpiredCount))),
            ("delete_misses", Text(stats.Sum(s => s.Memcached.DeleteMisses))),
            ("delete_hits", Text(stats.Sum(s => s.Memcached.DeleteHits))),
            ("incr_misses", Text(stats.Sum(s => s.Memcached.IncrMisses))),
            ("incr_hits", Text(stats.Sum(s => s.Memcached.IncrHits))),
            ("decr_misses", Text(stats.Sum(s => s.Memcached.DecrMisses))),
            ("decr_hits", Text(stats.Sum(s => s.Memcached.DecrHits))),
            ("cas_misses", Text(stats.Sum(s => s.Memcached.CasMisses))),
            ("cas_hits", Text(stats.Sum(s => s.Memcached.CasHits))),
            ("cas_badval", Text(stats.Sum(s => s.Memcached.CasBadval))),
            ("touch_hits", Text(stats.Sum(s => s.Memcached.TouchHits))),
            ("touch_misses", Text(stats.Sum(s => s.Memcached.TouchMisses))),
            ("auth_cmds", Text(stats.Sum(s => s.Memcached.AuthCommands))),
            ("auth_errors", Text(stats.Sum(s => s.Memcached.AuthErrors))),
            ("bytes_read", Text(stats.Sum(s => s.Memcached.BytesRead))),
            ("bytes_written", Text(stats.Sum(s => s.Memcached.BytesWritten))),
            ("clients_dropped", Text(stats.Sum(s => s.ClientsDropped))),
            ("client_limit_disconnections", Text(stats.Sum(s => s.ClientLimitClosed))),
            ("output_limit_disconnections", Text(stats.Sum(s => s.OutputLimitClosed))),
            ("limit_maxbytes", Text(context.Store.MemoryLimit)),
            ("accepting_conns", "1"),
            ("threads", Text(services.Threads)),
            ("bytes", Text(ItemBytesUsed(context.Store))),
            ("curr_items", Text(items)),
            ("total_items", Text(stats.Sum(s => s.Memcached.TotalItems))),
            ("evictions", Text(Sum(context.Store, s => s.EvictedCount))),
            ("store_no_memory", Text(context.Store.RefusedCount)),
            .. Memory(context.Store),
            .. Additions(services.InfoAdditions),
            .. services.Persistence is { } log
                ? [("persistence", log.IsDegraded ? "degraded" : "ok"), ("log_bytes", Text(log.LogBytes))]
                : ((string, string)[])[],
        ];
    }

    private static List<(string Name, string Value)> Additions(IReadOnlyList<InfoAddition> additions)
    {
        var lines = new AddedLines();
        foreach (InfoAddition addition in additions.Where(a => a.IsInStats))
        {
            addition.Write(lines);
        }

        return lines.All;
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
        string local = context.Client.LocalAddress;
        int colon = local.LastIndexOf(':');
        bool isTcp = context.Client.LocalPort > 0;
        string? socket = isTcp || colon < 0 ? services.UnixPath : local[..colon];
        return
        [
            ("maxbytes", Text(context.Store.MemoryLimit)),
            ("maxconns", Text(services.Limits.MaxConnections)),
            ("tcpport", Text(services.PortFor(context.Client))),
            ("udpport", "0"),
            ("inter", isTcp ? local[..colon].Trim('[', ']') : "NULL"),
            ("verbosity", "0"),
            ("evictions", context.Store.Policy == EvictionPolicy.Protect ? "off" : "on"),
            ("domain_socket", socket ?? "NULL"),
            ("shutdown_command", "no"),
            ("num_threads", Text(services.Threads)),
            ("stat_key_prefix", ":"),
            ("detail_enabled", YesNo(services.Memcached.Prefixes.IsOn)),
            ("item_size_max", Text(services.Limits.MaxValueBytes)),
            ("cas_enabled", "yes"),
            ("auth_enabled_sasl", YesNo(services.Credentials.AreRequired)),
            ("auth_enabled_ascii", YesNo(services.Credentials.AreRequired)),
            ("binding_protocol", "auto-negotiate"),
            ("flush_enabled", "yes"),
            ("dump_enabled", "yes"),
            ("track_sizes", YesNo(services.Memcached.TellsSizes)),
        ];
    }

    private static List<(string Name, string Value)> Items(CommandContext context)
    {
        long items = context.Store.Count(0);
        string prefix = $"items:{SizeClass.OfAll}:";
        return items == 0 ? [] :
        [
            ($"{prefix}number", Text(items)),
            ($"{prefix}mem_requested", Text(ItemBytesUsed(context.Store))),
            ($"{prefix}evicted", Text(Sum(context.Store, s => s.EvictedCount))),
            ($"{prefix}outofmemory", Text(context.Store.RefusedCount)),
            ($"{prefix}reclaimed", Text(Sum(context.Store, s => s.ExpiredCount))),
        ];
    }

    // One class of chunks of the mean size, in pages of a megabyte as memcached has them: what tools multiply is then
    // right.
    private static List<(string Name, string Value)> Slabs(CommandContext context)
    {
        const long pageBytes = 1 << 20;
        long items = context.Store.Count(0);
        (string, string) malloced = ("total_malloced", Text(context.Store.UsedBytes));
        if (items == 0)
        {
            return [("active_slabs", "0"), malloced];
        }

        long used = Math.Max(ItemBytesUsed(context.Store), items);
        long chunkBytes = (used + items - 1) / items;
        long pages = (used + pageBytes - 1) / pageBytes;
        long perPage = Math.Max(pageBytes / chunkBytes, 1);
        long chunks = Math.Max(pages * perPage, items);
        ServerStats stats = context.Services.Stats;
        string prefix = $"{SizeClass.OfAll}:";
        return
        [
            ($"{prefix}chunk_size", Text(chunkBytes)),
            ($"{prefix}chunks_per_page", Text(perPage)),
            ($"{prefix}total_pages", Text(pages)),
            ($"{prefix}total_chunks", Text(chunks)),
            ($"{prefix}used_chunks", Text(items)),
            ($"{prefix}free_chunks", Text(chunks - items)),
            ($"{prefix}free_chunks_end", "0"),
            ($"{prefix}get_hits", Text(stats.Sum(s => s.Memcached.GetHits))),
            ($"{prefix}cmd_set", Text(stats.Sum(s => s.Memcached.CmdSet))),
            ($"{prefix}delete_hits", Text(stats.Sum(s => s.Memcached.DeleteHits))),
            ($"{prefix}incr_hits", Text(stats.Sum(s => s.Memcached.IncrHits))),
            ($"{prefix}decr_hits", Text(stats.Sum(s => s.Memcached.DecrHits))),
            ($"{prefix}cas_hits", Text(stats.Sum(s => s.Memcached.CasHits))),
            ($"{prefix}cas_badval", Text(stats.Sum(s => s.Memcached.CasBadval))),
            ($"{prefix}touch_hits", Text(stats.Sum(s => s.Memcached.TouchHits))),
            ("active_slabs", "1"),
            malloced,
        ];
    }

    private static (string Name, string Value) SizesStatus(CommandContext context) =>
        ("sizes_status", context.Services.Memcached.TellsSizes ? "enabled" : "disabled");

    private static List<(string Name, string Value)> SetSizes(bool tells, CommandContext context)
    {
        context.Services.Memcached.TellsSizes = tells;
        return [SizesStatus(context)];
    }

    private static long ItemBytesUsed(ItemStore store) => store.UsedBytes - store.BufferBytes;

    private static long Sum(ItemStore store, Func<Shard, long> counter)
    {
        long sum = 0;
        foreach (Shard shard in store.Shards)
        {
            sum += counter(shard);
        }

        return sum;
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

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
