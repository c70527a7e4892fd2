using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>An element goes from an end of the list in argument 1 to an end of the one in argument 2.</summary>
internal static class ElementMove
{
    /// <summary>Reads two words LEFT or RIGHT, or writes the error.</summary>
    public static bool TryEnds(in RespCall call, int first, out bool fromStart, out bool toStart)
    {
        fromStart = call.Is(first, "left"u8);
        toStart = call.Is(first + 1, "left"u8);
        if ((fromStart || call.Is(first, "right"u8)) && (toStart || call.Is(first + 1, "right"u8)))
        {
            return true;
        }

        call.Error(RespErrors.Syntax);
        return false;
    }

    /// <summary>Moves, or answers that there is nothing.</summary>
    public static void Run(in RespCall call, RespCommand command, bool fromStart, bool toStart)
    {
        using MultiShardScope scope = call.Context.EnterMany(command.ShardsToLock(call));
        ItemKey source = call.Key(1);
        Lookup found = call.Shard(source).Collections.Lists.Length(source, call.Now, out _);
        if (call.RefusesWrite(found))
        {
            return;
        }

        if (found == Lookup.Absent)
        {
            call.WriteNull();
        }
        else
        {
            Move(call, fromStart, toStart);
        }
    }

    /// <summary>Moves an element of a list that is there. All keys' shards are held.</summary>
    public static void Move(in RespCall call, bool fromStart, bool toStart)
    {
        ItemKey source = call.Key(1), destination = call.Key(2);
        Store.Collections.Lists from = call.Shard(source).Collections.Lists;
        Store.Collections.Lists to = call.Shard(destination).Collections.Lists;
        if (call.RefusesWrite(to.Length(destination, call.Now, out _)))
        {
            return;
        }

        from.Length(source, call.Now, out long count);
        long index = fromStart ? 0 : count - 1;
        var moved = new MemberList();
        from.Walk(source, index, 1, isReverse: false, call.Now, moved);
        call.NotifyIfNew(call.Shard(destination), destination);

        // First there, so that it is nowhere for nobody when memory is out.
        ElementWrite outcome = toStart
            ? to.AddFirst(destination, moved[0], call.Now)
            : to.AddLast(destination, moved[0], call.Now);
        if (!call.Accepts(outcome))
        {
            return;
        }

        bool isSame = call[1].SequenceEqual(call[2]);
        from.RemoveAt(source, isSame && toStart ? index + 1 : index, 1, call.Now);
        call.Output.WriteBulk(moved[0]);
        call.Notify(KeyEventClasses.List, toStart ? "lpush"u8 : "rpush"u8, destination);
        call.NotifyRemoved(
            KeyEventClasses.List, fromStart ? "lpop"u8 : "rpop"u8, source, isEmpty: count == 1 && !isSame);
    }
}
