using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Memory;

/// <summary>MEMORY MALLOC-STATS: what a Redis without jemalloc says.</summary>
internal sealed class MemoryMallocStatsCommand() : RespCommand(
    new CommandDescriptor("memory|malloc-stats", 2, CommandFlags.None)
    {
        Tips = ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        Group = "server",
        Since = "4.0.0",
        Summary = "Show allocator internal stats",
        Complexity = "Depends on how much memory is allocated, could be slow",
    })
{
    public override void Execute(in RespCall call) =>
        call.Output.WriteVerbatim("txt"u8, "Stats not supported for the current allocator"u8, call.Version);
}
