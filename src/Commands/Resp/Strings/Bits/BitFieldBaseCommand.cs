using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>BITFIELD and BITFIELD_RO: key [GET type offset | [OVERFLOW WRAP | SAT | FAIL] SET type offset value |
/// INCRBY type offset increment ...] (redis 7 bitops.c, bitfieldGeneric).</summary>
internal abstract class BitFieldBaseCommand(CommandDescriptor descriptor, bool isReadOnly) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        var fields = new List<BitField>();
        if (!TryFields(call, fields))
        {
            return;
        }

        bool reads = fields.TrueForAll(field => field.Action == BitFieldAction.Get);
        if (isReadOnly && !reads)
        {
            call.Error("-ERR BITFIELD_RO only supports the GET subcommand\r\n"u8);
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists, isAccess: reads))
        {
            return;
        }

        if (reads)
        {
            call.CountRead(key, exists);
            call.Output.WriteArray(fields.Count);
            foreach (BitField field in fields)
            {
                call.Output.WriteInteger(new BitWindow(item.Value, 0, 0).Read(field));
            }

            return;
        }

        Write(call, scope.Shard, key, item, fields);
    }

    private static bool TryFields(in RespCall call, List<BitField> fields)
    {
        BitOverflow overflow = BitOverflow.Wrap;
        for (int i = 2; i < call.Count; i++)
        {
            int left = call.Count - i - 1;
            BitFieldAction? action = left >= 2 && call.Is(i, "get"u8) ? BitFieldAction.Get
                : left >= 3 && call.Is(i, "set"u8) ? BitFieldAction.Set
                : left >= 3 && call.Is(i, "incrby"u8) ? BitFieldAction.Increment
                : null;
            if (action is { } known)
            {
                if (!BitField.TryParse(call, i + 1, known, overflow, out BitField field))
                {
                    return false;
                }

                fields.Add(field);
                i += known == BitFieldAction.Get ? 2 : 3;
            }
            else if (left >= 1 && call.Is(i, "overflow"u8))
            {
                if (!TryOverflow(call, ++i, out overflow))
                {
                    return false;
                }
            }
            else
            {
                call.Error(RespErrors.Syntax);
                return false;
            }
        }

        return true;
    }

    private static bool TryOverflow(in RespCall call, int index, out BitOverflow overflow)
    {
        overflow = call.Is(index, "sat"u8) ? BitOverflow.Saturate
            : call.Is(index, "fail"u8) ? BitOverflow.Fail : BitOverflow.Wrap;
        if (overflow != BitOverflow.Wrap || call.Is(index, "wrap"u8))
        {
            return true;
        }

        call.Error("-ERR Invalid OVERFLOW type specified\r\n"u8);
        return false;
    }

    // The answers wait until the string is written: memory may be out.
    private static void Write(
        in RespCall call, Shard shard, in ItemKey key, in ItemView item, List<BitField> fields)
    {
        IEnumerable<BitField> written = fields.Where(field => field.Action != BitFieldAction.Get);
        int first = (int)(written.Min(field => field.First) >> 3);
        int last = (int)(written.Max(field => field.Last) >> 3);
        call.Context.Spend(WorkUnits.ForBytes(last - first));
        bool grows = last >= item.Value.Length;
        bool isChanged = grows;
        var window = new BitWindow(item.Value, first, last - first + 1);
        long?[] answers = new long?[fields.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            BitField field = fields[i];
            long old = window.Read(field);
            answers[i] = old;
            if (field.Action == BitFieldAction.Get)
            {
                continue;
            }

            bool isDone = field.TryApply(old, out long result);
            answers[i] = !isDone ? null : field.Action == BitFieldAction.Set ? old : result;
            if (isDone)
            {
                window.Write(field, result);
                isChanged |= old != result;
            }
        }

        if (!isChanged)
        {
            // Redis has made an edited string of it all the same.
            if (item.Form != StringForm.Edited)
            {
                shard.TryOverwrite(key, first, window.Bytes, call.Now);
            }
        }
        else if (!TryPut(call, shard, key, item, first, window.Bytes))
        {
            return;
        }

        call.Output.WriteArray(answers.Length);
        foreach (long? answer in answers)
        {
            if (answer is { } number)
            {
                call.Output.WriteInteger(number);
            }
            else
            {
                call.WriteNull();
            }
        }
    }

    private static bool TryPut(
        in RespCall call, Shard shard, in ItemKey key, in ItemView item, int first, ReadOnlySpan<byte> changed)
    {
        int length = item.Value.Length;
        if (first + changed.Length >= length)
        {
            ReadOnlySpan<byte> head = item.Value[..Math.Min(first, length)];
            return call.TryPut(
                shard, key, head, changed, item.Flags, item.ExpiresAt, StringForm.Edited, first - head.Length,
                "setbit"u8);
        }

        if (shard.TryOverwrite(key, first, changed, call.Now))
        {
            call.Stats.CmdSet++;
            call.Stats.TotalItems++;
            call.Notify(KeyEventClasses.String, "setbit"u8, key);
            return true;
        }

        byte[] whole = item.Value.ToArray();
        changed.CopyTo(whole.AsSpan(first));
        return call.TryPut(
            shard, key, whole, default, item.Flags, item.ExpiresAt, StringForm.Edited, eventName: "setbit"u8);
    }
}
