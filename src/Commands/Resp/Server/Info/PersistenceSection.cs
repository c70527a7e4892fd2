namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>Without a log as a redis-server that saves nothing: its start counts as the last save. With one as a
/// redis-server with an append-only file; a state of all items is what Redis calls a rewrite of it.</summary>
internal static class PersistenceSection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        IPersistence? log = call.Services.Persistence;
        string status = log is { IsDegraded: true } ? "err" : "ok";
        LoadProgress? loading = call.Services.Loading;
        writer.Add("loading", loading is null ? 0 : 1);
        writer.AddZeros("async_loading", "current_cow_peak", "current_cow_size", "current_cow_size_age");
        writer.AddRatio("current_fork_perc", 0);
        writer.AddZeros("current_save_keys_processed", "current_save_keys_total");
        writer.Add("rdb_changes_since_last_save", call.Store.ChangeCount);
        writer.AddZeros("rdb_bgsave_in_progress");
        writer.Add("rdb_last_save_time", log?.LastSyncTime ?? (call.Services.StartedAt / 1000));
        writer.Add("rdb_last_bgsave_status", status);
        writer.Add("rdb_last_bgsave_time_sec", -1);
        writer.Add("rdb_current_bgsave_time_sec", -1);
        writer.AddZeros(
            "rdb_saves", "rdb_last_cow_size", "rdb_last_load_keys_expired", "rdb_last_load_keys_loaded");
        writer.Add("aof_enabled", log is null ? 0 : 1);
        writer.Add("aof_rewrite_in_progress", log is { IsWritingState: true } ? 1 : 0);
        writer.AddZeros("aof_rewrite_scheduled");
        writer.Add("aof_last_rewrite_time_sec", -1);
        writer.Add("aof_current_rewrite_time_sec", -1);
        writer.Add("aof_last_bgrewrite_status", "ok");
        writer.Add("aof_rewrites", log?.States ?? 0);
        writer.AddZeros("aof_rewrites_consecutive_failures");
        writer.Add("aof_last_write_status", status);
        writer.AddZeros("aof_last_cow_size", "module_fork_in_progress", "module_fork_last_cow_size");
        if (log is not null)
        {
            writer.Add("aof_current_size", log.LogBytes);
            writer.Add("aof_base_size", log.BaseBytes);
            writer.AddZeros("aof_pending_rewrite");
            writer.Add("aof_buffer_length", log.QueuedBytes);
        }

        if (loading is not null)
        {
            WriteLoading(writer, loading, call.Now / 1000);
        }
    }

    // server.c, genRedisInfoString; the time left goes by the rate so far
    private static void WriteLoading(InfoWriter writer, LoadProgress loading, long now)
    {
        long loaded = loading.LoadedBytes;
        long total = Math.Max(loading.TotalBytes, loaded);
        long elapsed = Math.Max(0, now - loading.StartedAt);
        writer.Add("loading_start_time", loading.StartedAt);
        writer.Add("loading_total_bytes", total);
        writer.Add("loading_rdb_used_mem", 0);
        writer.Add("loading_loaded_bytes", loaded);
        writer.AddRatio("loading_loaded_perc", total == 0 ? 0 : loaded * 100.0 / total);
        writer.Add("loading_eta_seconds", elapsed == 0 ? 1 : (long)((double)elapsed * (total - loaded) / (loaded + 1)));
    }
}
