using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Server.Memory;

/// <summary>MEMORY STATS: the names of redis 7, true where they mean something here, and 0 where they can only be
/// 0.</summary>
internal sealed class MemoryStatsCommand() : RespCommand(
    new CommandDescriptor("memory|stats", 2, CommandFlags.None)
    {
        Tips = ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        Group = "server",
        Since = "4.0.0",
        Summary = "Show memory usage details",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        long used = call.Store.UsedBytes;
        long peak = Math.Max(used, call.Services.Gauges.PeakUsedBytes);
        long resident = Environment.WorkingSet;
        long buffers = call.Store.BufferBytes;
        long keys = 0;
        for (int database = 0; database < ItemStore.DatabaseCount; database++)
        {
            keys += call.Store.Count(database);
        }

        long dataset = Math.Max(0, used - buffers);
        (string Name, object Value)[] values =
        [
            ("peak.allocated", peak), ("total.allocated", used), ("startup.allocated", 0L), ("replication.backlog", 0L),
            ("clients.slaves", 0L), ("clients.normal", buffers), ("cluster.links", 0L), ("aof.buffer", 0L),
            ("lua.caches", 0L), ("functions.caches", 0L), ("overhead.total", buffers), ("keys.count", keys),
            ("keys.bytes-per-key", keys == 0 ? 0L : dataset / keys), ("dataset.bytes", dataset),
            ("dataset.percentage", Percent(dataset, used)), ("peak.percentage", Percent(used, peak)),
            ("allocator.allocated", used), ("allocator.active", used), ("allocator.resident", resident),
            ("allocator-fragmentation.ratio", 1.0), ("allocator-fragmentation.bytes", 0L),
            ("allocator-rss.ratio", Ratio(resident, used)), ("allocator-rss.bytes", resident - used),
            ("rss-overhead.ratio", 1.0), ("rss-overhead.bytes", 0L),
            ("fragmentation", Ratio(resident, used)), ("fragmentation.bytes", resident - used),
        ];
        call.Output.WriteMap(values.Length, call.Version);
        foreach ((string name, object value) in values)
        {
            call.Output.WriteBulk(name);
            if (value is double number)
            {
                call.Output.WriteDouble(number, call.Version);
            }
            else
            {
                call.Output.WriteInteger((long)value);
            }
        }
    }

    private static double Percent(long part, long whole) => whole == 0 ? 0 : 100.0 * part / whole;

    private static double Ratio(long part, long whole) => whole == 0 ? 1 : (double)part / whole;
}
