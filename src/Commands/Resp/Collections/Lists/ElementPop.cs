using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>Elements go from an end of a list, and are answered. The key's shard is held.</summary>
internal static class ElementPop
{
    // Elements of one call, whatever the client asks for: they go in one step, which takes some milliseconds then.
    private const int MostElements = 65_536;

    /// <summary>The key and its elements: the answer of LMPOP.</summary>
    public static void RunWithKey(in RespCall call, in ItemKey key, long count, bool atStart)
    {
        call.Output.WriteArray(2);
        call.Output.WriteBulk(key.Bytes);
        Run(call, key, count, atStart, hasHead: true);
    }

    /// <summary>The key and one element: the answer of BLPOP.</summary>
    public static void RunOne(in RespCall call, in ItemKey key, bool atStart)
    {
        call.Output.WriteArray(2);
        call.Output.WriteBulk(key.Bytes);
        Run(call, key, 1, atStart, hasHead: false);
    }

    /// <summary>Takes elements and writes them.</summary>
    /// <param name="call">The call.</param>
    /// <param name="key">A key that holds a list.</param>
    /// <param name="count">How many; those that are there.</param>
    /// <param name="atStart">From the start.</param>
    /// <param name="hasHead">As an array.</param>
    public static void Run(in RespCall call, in ItemKey key, long count, bool atStart, bool hasHead)
    {
        Store.Collections.Lists lists = call.Shard(key).Collections.Lists;
        lists.Length(key, call.Now, out long length);
        count = Math.Min(Math.Min(count, length), MostElements);
        if (hasHead)
        {
            call.Output.WriteArray((int)count);
        }

        var writer = new ElementWriter(call.Output, call.Version, ElementForm.Name);
        lists.Walk(key, 0, count, isReverse: !atStart, call.Now, writer);
        lists.RemoveAt(key, atStart ? 0 : length - count, count, call.Now);
        call.Context.Spend(count / WorkUnits.ElementsPerUnit);
        call.NotifyRemoved(KeyEventClasses.List, atStart ? "lpop"u8 : "rpop"u8, key, isEmpty: count == length);
    }
}
