using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Memory;

/// <summary>MEMORY PURGE: upkeep gives unused memory back by itself.</summary>
internal sealed class MemoryPurgeCommand() : RespCommand(
    new CommandDescriptor("memory|purge", 2, CommandFlags.None)
    {
        Tips = ["request_policy:all_shards", "response_policy:all_succeeded"],
        Group = "server",
        Since = "4.0.0",
        Summary = "Ask the allocator to release memory",
        Complexity = "Depends on how much memory is allocated, could be slow",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteOk();
}
