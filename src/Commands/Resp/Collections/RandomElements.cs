using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>
/// key [count [word]] of HRANDFIELD, SRANDMEMBER and ZRANDMEMBER: one entry; some that are different; or, with a
/// negative count, as many as asked for, each drawn anew.
/// </summary>
internal abstract class RandomElements(CommandDescriptor descriptor, ItemType type) : RespCommand(descriptor)
{
    /// <summary>The word that asks for values or scores, or nothing.</summary>
    protected abstract ReadOnlySpan<byte> Word { get; }

    /// <summary>What that word adds.</summary>
    protected abstract ElementForm LongForm { get; }

    public override void Execute(in RespCall call)
    {
        if (type == ItemType.Hash && EndedFields.Precede(call, 1))
        {
            return;
        }

        if (call.Count == 2)
        {
            WriteOne(call);
            return;
        }

        if (!TryParse(call, out long count, out ElementForm form))
        {
            return;
        }

        long size;
        ItemKey key = call.Key(1);
        using (ShardScope scope = call.Context.Enter(key))
        {
            if (call.Refuses(Length(scope.Shard, key, call.Now, out size)))
            {
                return;
            }
        }

        if (size == 0 || count == 0)
        {
            call.Output.WriteArray(0);
        }
        else if (count < 0)
        {
            call.Connection.Run(new RandomRepeats(type, form, -count), call);
        }
        else
        {
            call.Connection.Run(new RandomSample(call, type, form, count, size), call);
        }
    }

    /// <summary>Visits entries of a hash, a set or a sorted set by their number.</summary>
    internal static void Walk(Shard shard, ItemType type, in ItemKey key, long start, long count, long now,
        IElementVisitor visitor)
    {
        if (type == ItemType.SortedSet)
        {
            shard.Collections.SortedSets.Walk(key, start, count, isReverse: false, now, visitor);
        }
        else
        {
            shard.Named(type).Walk(key, start, count, now, visitor);
        }
    }

    private Lookup Length(Shard shard, in ItemKey key, long now, out long size) => type == ItemType.SortedSet
        ? shard.Collections.SortedSets.Length(key, now, out size)
        : shard.Named(type).Length(key, now, out size);

    private void WriteOne(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = Length(scope.Shard, key, call.Now, out long size);
        if (call.Refuses(found))
        {
            return;
        }

        if (found == Lookup.Absent || size == 0)
        {
            call.WriteNull();
            return;
        }

        var writer = new ElementWriter(call.Output, call.Version, ElementForm.Name);
        Walk(scope.Shard, type, key, call.Services.Random.NextInt64(size), 1, call.Now, writer);
        if (writer.Count == 0)
        {
            call.WriteNull();
        }
    }

    private bool TryParse(in RespCall call, out long count, out ElementForm form)
    {
        form = ElementForm.Name;
        count = 0;
        if (call.Count > 3 && Word.IsEmpty)
        {
            call.Error(RespErrors.Syntax);
            return false;
        }

        if (!call.TryRange(2, -long.MaxValue, long.MaxValue, out count))
        {
            return false;
        }

        if (call.Count > 4 || (call.Count == 4 && !call.Is(3, Word)))
        {
            call.Error(RespErrors.Syntax);
            return false;
        }

        if (call.Count == 4)
        {
            form = LongForm;
            if (count is < -long.MaxValue / 2 or > long.MaxValue / 2)
            {
                call.Error("-ERR value is out of range\r\n"u8);
                return false;
            }
        }

        return true;
    }
}
