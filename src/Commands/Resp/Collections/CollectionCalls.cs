using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>What the commands of all collections do alike.</summary>
internal static class CollectionCalls
{
    /// <summary>Counts the read, and writes the error when the key holds another type.</summary>
    /// <param name="call">The call.</param>
    /// <param name="found">What was found.</param>
    /// <param name="place">Argument of the key.</param>
    /// <returns>True when the error was written.</returns>
    public static bool Refuses(this in RespCall call, Lookup found, int place = 1)
    {
        if (found == Lookup.WrongType)
        {
            call.Error(RespErrors.WrongType);
            return true;
        }

        call.CountRead(found == Lookup.Found);
        if (found == Lookup.Absent && call.Services.Resp.Events.Tells(KeyEventClasses.KeyMiss))
        {
            NotifyMiss(call, place);
        }

        return false;
    }

    /// <summary>As <see cref="Refuses"/> for a command that is no read.</summary>
    public static bool RefusesWrite(this in RespCall call, Lookup found)
    {
        if (found != Lookup.WrongType)
        {
            return false;
        }

        call.Error(RespErrors.WrongType);
        return true;
    }

    /// <summary>Tells that entries went, and that their collection ended with them.</summary>
    public static void NotifyRemoved(
        this in RespCall call, KeyEventClasses kind, ReadOnlySpan<byte> name, in ItemKey key, bool isEmpty)
    {
        call.Notify(kind, name, key);
        if (isEmpty)
        {
            call.Notify(KeyEventClasses.Generic, "del"u8, key);
        }
    }

    /// <summary>Writes the error of a write that was not done.</summary>
    /// <returns>True when it was done.</returns>
    public static bool Accepts(this in RespCall call, ElementWrite outcome)
    {
        if (outcome == ElementWrite.WrongType)
        {
            call.Error(RespErrors.WrongType);
            return false;
        }

        if (outcome == ElementWrite.OutOfMemory)
        {
            call.Error(RespErrors.OutOfMemory);
            return false;
        }

        return true;
    }

    // What is absent may be a field of a key that is there.
    private static void NotifyMiss(in RespCall call, int place)
    {
        ItemKey key = call.Key(place);
        if (!call.Shard(key).TryPeekAttributes(key, call.Now, out _))
        {
            call.Notify(KeyEventClasses.KeyMiss, "keymiss"u8, key);
        }
    }

    /// <summary>The hashes or the sets of a shard.</summary>
    public static NamedCollection Named(this Shard shard, ItemType type) =>
        type == ItemType.Hash ? shard.Collections.Hashes : shard.Collections.Sets;

    /// <summary>Reads a number within bounds, or writes the error.</summary>
    public static bool TryRange(this in RespCall call, int index, long min, long max, out long value)
    {
        if (!call.TryInteger(index, out value))
        {
            return false;
        }

        if (value >= min && value <= max)
        {
            return true;
        }

        call.Error($"ERR value is out of range, value must between {min} and {max}");
        return false;
    }

    /// <summary>Reads a number that must not be negative, or writes the error.</summary>
    public static bool TryPositive(this in RespCall call, int index, out long value)
    {
        if (RespNumbers.TryInt64(call[index], out value) && value >= 0)
        {
            return true;
        }

        call.Error("-ERR value is out of range, must be positive\r\n"u8);
        return false;
    }

    /// <summary>Writes the answer of a member that is not there, or the null of an answer with several.</summary>
    public static void WriteEmpty(this in RespCall call, ElementHead head = ElementHead.Array) =>
        ElementWriter.WriteHead(call.Output, head, ElementForm.Name, 0, call.Version);
}
