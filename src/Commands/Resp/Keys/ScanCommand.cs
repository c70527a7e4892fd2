using System.Globalization;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>SCAN cursor [MATCH pattern] [COUNT count] [TYPE type].</summary>
internal sealed class ScanCommand() : RespCommand(
    new CommandDescriptor("scan", -2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["nondeterministic_output", "request_policy:special"],
        Group = "generic",
        Since = "2.8.0",
        Summary = "Incrementally iterate the keys space",
        Complexity =
            "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to"
            + " return back to 0. N is the number of elements inside the collection.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!TryCursor(call[1], out ulong cursor))
        {
            call.Error("-ERR invalid cursor\r\n"u8);
            return;
        }

        if (!TryOptions(call, out KeyFilter filter, out int count))
        {
            return;
        }

        call.Connection.Run(KeyWalk.Scan(filter, cursor, count, call.Services.Limits.OutputSoftBytes), call);
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

    private static bool TryOptions(in RespCall call, out KeyFilter filter, out int count)
    {
        filter = new KeyFilter();
        count = 10;
        for (int i = 2; i < call.Count; i += 2)
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

                count = (int)Math.Min(number, int.MaxValue);
            }
            else if (hasValue && call.Is(i, "match"u8))
            {
                if (!GlobPattern.TryParse(call[i + 1], out GlobPattern? pattern))
                {
                    call.Error(RespErrors.PatternTooLong);
                    return false;
                }

                filter.Pattern = call[i + 1].SequenceEqual("*"u8) ? null : pattern;
            }
            else if (hasValue && call.Is(i, "type"u8))
            {
                filter.TypeName = call[i + 1].ToArray();
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
