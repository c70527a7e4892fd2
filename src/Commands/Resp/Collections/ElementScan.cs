using System.Globalization;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>
/// HSCAN, SSCAN and ZSCAN: key cursor [MATCH pattern] [COUNT count] (redis 7 db.c, scanGenericCommand). A packed
/// collection is visited as a whole, as Redis does with its small ones.
/// </summary>
internal abstract class ElementScan(CommandDescriptor descriptor, ElementForm form) : RespCommand(descriptor)
{
    // Entries of one call, whatever the client asks for: about a tenth of a turn.
    private const int MostEntries = 4096;

    // Cursors are places in an order of 62 bits.
    private const ulong MostCursor = (1UL << 62) - 1;

    public override void Execute(in RespCall call)
    {
        if (!TryCursor(call[2], out ulong cursor))
        {
            call.Error("-ERR invalid cursor\r\n"u8);
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Lookup found = scope.Shard.Find(key, Type, call.Now, out _, isAccess: false);
        if (call.Refuses(found))
        {
            return;
        }

        if (found == Lookup.Absent)
        {
            WriteHead(call.Output, 0, 0);
            return;
        }

        if (TryOptions(call, out GlobPattern? pattern, out int count))
        {
            Scan(call, scope.Shard, key, Math.Min(cursor, MostCursor), pattern, count);
        }
    }

    /// <summary>Type of the key.</summary>
    protected abstract ItemType Type { get; }

    /// <summary>Steps on.</summary>
    protected abstract void Step(
        in RespCall call, Shard shard, in ItemKey key, ulong cursor, int count, IElementVisitor visitor,
            out ulong next);

    private void Scan(
        in RespCall call, Shard shard, in ItemKey key, ulong cursor, GlobPattern? pattern, int count)
    {
        using var elements = new OutputBuffer(4096, call.Services.Limits.MaxOutputBytes);
        var filter = new ElementFilter(new ElementWriter(elements, 2, form), pattern);
        Step(call, shard, key, cursor, count, filter, out ulong next);
        call.Context.Spend((filter.Seen / WorkUnits.ElementsPerUnit) + (filter.GlobSteps / WorkUnits.GlobStepsPerUnit));
        WriteHead(call.Output, next, filter.Count * (form == ElementForm.Name ? 1 : 2));
        call.Output.Write(elements.Written);
    }

    private static void WriteHead(OutputBuffer output, ulong cursor, long count)
    {
        output.WriteArray(2);
        output.WriteBulkNumber((long)cursor);
        output.WriteArray((int)count);
    }

    // As C's strtoul reads: a sign is allowed, nothing at all is 0.
    private static bool TryCursor(ReadOnlySpan<byte> text, out ulong cursor)
    {
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        bool signed = negative || (text.Length > 0 && text[0] == (byte)'+');
        ReadOnlySpan<byte> digits = signed ? text[1..] : text;
        bool valid = ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out cursor);
        cursor = negative ? 0 - cursor : cursor;
        return valid || text.IsEmpty;
    }

    private static bool TryOptions(in RespCall call, out GlobPattern? pattern, out int count)
    {
        pattern = null;
        count = 10;
        for (int i = 3; i < call.Count; i += 2)
        {
            bool hasValue = i + 1 < call.Count;
            if (hasValue && call.Is(i, "count"u8))
            {
                if (!call.TryInteger(i + 1, out long number))
                {
                    return false;
                }

                if (number < 1)
                {
                    call.Error(RespErrors.Syntax);
                    return false;
                }

                count = (int)Math.Min(number, MostEntries);
            }
            else if (hasValue && call.Is(i, "match"u8))
            {
                if (!GlobPattern.TryParse(call[i + 1], out pattern))
                {
                    call.Error(RespErrors.PatternTooLong);
                    return false;
                }

                pattern = call[i + 1].SequenceEqual("*"u8) ? null : pattern;
            }
            else
            {
                call.Error(RespErrors.Syntax);
                return false;
            }
        }

        return true;
    }
}
