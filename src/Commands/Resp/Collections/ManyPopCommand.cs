using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>
/// xMPOP numkeys key [key ...] START | END [COUNT count]: takes elements from the first key that holds something.
/// </summary>
/// <param name="descriptor">What it is.</param>
/// <param name="start">The word for elements from the start.</param>
/// <param name="end">The word for those from the end.</param>
internal abstract class ManyPopCommand(CommandDescriptor descriptor, byte[] start, byte[] end)
    : RespCommand(descriptor)
{
    public sealed override void Execute(in RespCall call)
    {
        if (!ManyPopOptions.TryParse(call, 1, start, end, out int last, out bool atEnd, out long count))
        {
            return;
        }

        using MultiShardScope scope = call.Context.EnterMany(ShardsToLock(call));
        for (int i = 2; i <= last; i++)
        {
            ItemKey key = call.Key(i);
            Lookup found = Find(call, key);
            if (call.RefusesWrite(found))
            {
                return;
            }

            if (found == Lookup.Found)
            {
                Pop(call, key, count, atEnd);
                return;
            }
        }

        call.Output.WriteNullArray(call.Version);
    }

    /// <summary>Whether a key holds a collection of the command's type.</summary>
    protected abstract Lookup Find(in RespCall call, in ItemKey key);

    /// <summary>Takes elements and answers with the key and them.</summary>
    protected abstract void Pop(in RespCall call, in ItemKey key, long count, bool atEnd);
}
