using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary><c>numkeys key [key ...] word [COUNT count]</c> of LMPOP, ZMPOP and their blocking forms.</summary>
internal static class ManyPopOptions
{
    /// <summary>Reads it, or writes the error.</summary>
    /// <param name="call">The call.</param>
    /// <param name="at">Where the number of keys stands.</param>
    /// <param name="low">One word.</param>
    /// <param name="high">The other.</param>
    /// <param name="last">Argument of the last key.</param>
    /// <param name="isHigh">It is the other word.</param>
    /// <param name="count">The count; 1 without.</param>
    public static bool TryParse(
        in RespCall call, int at, ReadOnlySpan<byte> low, ReadOnlySpan<byte> high, out int last, out bool isHigh,
        out long count)
    {
        (last, isHigh, count) = (0, false, 1);
        if (!RespNumbers.TryInt64(call[at], out long keys) || keys < 1)
        {
            call.Error("-ERR numkeys should be greater than 0\r\n"u8);
            return false;
        }

        bool hasCount = false;
        isHigh = keys < call.Count - at - 1 && call.Is(at + (int)keys + 1, high);
        if (keys >= call.Count - at - 1 || (!isHigh && !call.Is(at + (int)keys + 1, low)))
        {
            call.Error(RespErrors.Syntax);
            return false;
        }

        last = at + (int)keys;
        for (int i = last + 2; i < call.Count; i += 2)
        {
            if (hasCount || i + 1 >= call.Count || !call.Is(i, "count"u8))
            {
                call.Error(RespErrors.Syntax);
                return false;
            }

            hasCount = true;
            if (!RespNumbers.TryInt64(call[i + 1], out count) || count < 1)
            {
                call.Error("-ERR count should be greater than 0\r\n"u8);
                return false;
            }
        }

        return true;
    }
}
