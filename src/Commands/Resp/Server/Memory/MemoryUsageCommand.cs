using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Server.Memory;

/// <summary>MEMORY USAGE key [SAMPLES count].</summary>
internal sealed class MemoryUsageCommand() : RespCommand(
    new CommandDescriptor("memory|usage", -3, CommandFlags.ReadOnly)
    {
        Keys = [new KeySpec(KeyAccess.RO, 2)],
        Group = "server",
        Since = "4.0.0",
        Summary = "Estimate the memory usage of a key",
        Complexity = "O(N) where N is the number of samples.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count != 3 && !(call.Count == 5 && call.Is(3, "samples"u8)))
        {
            call.Error(RespErrors.Syntax);
            return;
        }

        if (call.Count == 5)
        {
            if (!call.TryInteger(4, out long samples))
            {
                return;
            }

            if (samples < 0)
            {
                call.Error(RespErrors.Syntax);
                return;
            }
        }

        ItemKey key = call.Key(2);
        using ShardScope scope = call.Context.Enter(key);
        if (scope.Shard.TryPeekAttributes(key, call.Now, out ItemView item))
        {
            long bytes = ItemBytes.Of(key.Bytes, item);
            if (item.Type != ItemType.String)
            {
                bytes += scope.Shard.Collections.PageBytes(key, item.Type, call.Now);
            }

            call.Output.WriteInteger(bytes);
        }
        else
        {
            call.WriteNull();
        }
    }
}
