using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>GETRANGE and SUBSTR: <c>key start end</c>; negative positions count from the end.</summary>
internal abstract class RangeCommand(CommandDescriptor descriptor) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(2, out long start) || !call.TryInteger(3, out long end))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists))
        {
            return;
        }

        call.CountRead(key, exists);
        call.Output.WriteBulk(Slice(item.Value, start, end));
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> value, long start, long end)
    {
        if (start < 0 && end < 0 && start > end)
        {
            return default;
        }

        start = Math.Max(start < 0 ? start + value.Length : start, 0);
        end = Math.Min(Math.Max(end < 0 ? end + value.Length : end, 0), value.Length - 1);
        return start > end ? default : value[(int)start..(int)(end + 1)];
    }
}
