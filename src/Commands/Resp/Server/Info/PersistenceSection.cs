namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>Without a log as a redis-server that saves nothing: its start counts as the last save. With one as a
/// redis-server with an append-only file; a state of all items is what Redis calls a rewrite of it, or, when SAVE or
/// BGSAVE asked for it, a save.</summary>
internal static class PersistenceSection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        IPersistence? log = call.Services.Persistence;
        LoadProgress? loading = call.Services.Loading;
        StateFigures saves = log?.StatesFor(StateKind.Save) ?? None;
        StateFigures rewrites = log?.StatesFor(StateKind.Rewrite) ?? None;
        writer.Add("loading", loading is null ? 0 : 1);
        writer.AddZeros("async_loading", "current_cow_peak", "current_cow_size", "current_cow_size_age");
        writer.AddRatio("current_fork_perc", 0);
        writer.AddZeros("current_save_keys_processed", "current_save_keys_total");
        writer.Add("rdb_changes_since_last_save", log?.UnsyncedChanges ?? call.Store.ChangeCount);
        writer.Add("rdb_bgsave_in_progress", saves.IsRunning ? 1 : 0);
        writer.Add("rdb_last_save_time", log?.LastSyncTime ?? (call.Services.StartedAt / 1000));
        writer.Add("rdb_last_bgsave_status", Status(saves.Failures));
        writer.Add("rdb_last_bgsave_time_sec", saves.LastSeconds);
        writer.Add("rdb_current_bgsave_time_sec", saves.CurrentSeconds);
        writer.Add("rdb_saves", saves.Completed);
        writer.AddZeros("rdb_last_cow_size", "rdb_last_load_keys_expired", "rdb_last_load_keys_loaded");
        writer.Add("aof_enabled", call.Services.LogPlace is null ? 0 : 1);
        writer.Add("aof_rewrite_in_progress", rewrites.IsRunning ? 1 : 0);
        writer.Add("aof_rewrite_scheduled", rewrites.IsScheduled ? 1 : 0);
        writer.Add("aof_last_rewrite_time_sec", rewrites.LastSeconds);
        writer.Add("aof_current_rewrite_time_sec", rewrites.CurrentSeconds);
        writer.Add("aof_last_bgrewrite_status", Status(rewrites.Failures));
        writer.Add("aof_rewrites", rewrites.Completed);
        writer.Add("aof_rewrites_consecutive_failures", rewrites.Failures);
        writer.Add("aof_last_write_status", log is { IsDegraded: true } ? "err" : "ok");
        writer.AddZeros("aof_last_cow_size", "module_fork_in_progress", "module_fork_last_cow_size");
        if (log is not null)
        {
            writer.Add("aof_current_size", log.LogBytes);
            writer.Add("aof_base_size", log.BaseBytes);
            writer.AddZeros("aof_pending_rewrite");
            writer.Add("aof_buffer_length", log.QueuedBytes);
            writer.Add("aof_pending_bio_fsync", log.IsSyncing ? 1 : 0);
            writer.Add("aof_delayed_fsync", log.DelayedSyncs);
        }

        if (loading is not null)
        {
            WriteLoading(writer, loading, call.Now / 1000);
        }
    }

    private static StateFigures None => new() { CurrentSeconds = -1, LastSeconds = -1 };

    private static string Status(long failures) => failures == 0 ? "ok" : "err";

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
