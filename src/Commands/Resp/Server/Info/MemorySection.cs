using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>What counts against the memory limit, and what the process has.</summary>
internal static class MemorySection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        ItemStore store = call.Store;
        long used = store.UsedBytes;
        long resident = Environment.WorkingSet;
        long peak = Math.Max(used, call.Services.Gauges.PeakUsedBytes);
        writer.AddBytes("used_memory", used);
        writer.AddBytes("used_memory_rss", resident);
        writer.AddBytes("used_memory_peak", peak);
        writer.AddPercent("used_memory_peak_perc", peak == 0 ? 0 : 100.0 * used / peak);
        // As MEMORY STATS has it.
        long overhead = Math.Min(used, store.BufferBytes);
        writer.Add("used_memory_overhead", overhead);
        writer.AddZeros("used_memory_startup");
        writer.Add("used_memory_dataset", used - overhead);
        writer.AddPercent("used_memory_dataset_perc", used == 0 ? 0 : 100.0 * (used - overhead) / used);
        writer.Add("allocator_allocated", used);
        writer.Add("allocator_active", used);
        writer.Add("allocator_resident", resident);
        writer.AddBytes("total_system_memory", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        AddScripts(writer, call.Services.Resp);
        writer.AddBytes("maxmemory", store.MemoryLimit);
        writer.Add("maxmemory_policy", ConfigValues.MaxMemoryPolicy(store));
        writer.AddRatio("allocator_frag_ratio", 1);
        writer.AddZeros("allocator_frag_bytes");
        writer.AddRatio("allocator_rss_ratio", used == 0 ? 1 : (double)resident / used);
        writer.Add("allocator_rss_bytes", resident - used);
        writer.AddRatio("rss_overhead_ratio", 1);
        writer.AddZeros("rss_overhead_bytes");
        writer.AddRatio("mem_fragmentation_ratio", used == 0 ? 0 : (double)resident / used);
        writer.Add("mem_fragmentation_bytes", resident - used);
        writer.AddZeros(
            "mem_not_counted_for_evict", "mem_replication_backlog", "mem_total_replication_buffers",
            "mem_clients_slaves");
        writer.Add("mem_clients_normal", store.BufferBytes);
        writer.AddZeros("mem_cluster_links", "mem_aof_buffer", "lazyfree_pending_objects", "lazyfreed_objects");
    }

    private static void AddScripts(InfoWriter writer, RespServices services)
    {
        long engines = services.ScriptEngineBytes;
        long texts = services.Scripts.Bytes;
        writer.Add("used_memory_lua", engines);
        writer.Add("used_memory_vm_eval", engines);
        writer.AddHuman("used_memory_lua", engines);
        writer.Add("used_memory_scripts_eval", texts);
        writer.Add("number_of_cached_scripts", services.Scripts.Count);
        writer.AddZeros("number_of_functions", "number_of_libraries", "used_memory_vm_functions");
        writer.AddBytes("used_memory_vm_total", engines);
        writer.AddZeros("used_memory_functions");
        writer.AddBytes("used_memory_scripts", texts);
    }
}
