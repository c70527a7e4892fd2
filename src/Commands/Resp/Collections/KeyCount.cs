using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary><c>numkeys key [key ...]</c> of commands whose keys are counted by an argument.</summary>
internal static class KeyCount
{
    /// <summary>Reads it as SINTERCARD, LMPOP and ZMPOP do, or writes the error.</summary>
    /// <param name="call">The call.</param>
    /// <param name="at">Where the number stands.</param>
    /// <param name="last">Argument of the last key.</param>
    public static bool TryParse(in RespCall call, int at, out int last)
    {
        last = 0;
        if (!RespNumbers.TryInt64(call[at], out long count) || count < 1)
        {
            call.Error("-ERR numkeys should be greater than 0\r\n"u8);
            return false;
        }

        if (count > call.Count - at - 1)
        {
            call.Error("-ERR Number of keys can't be greater than number of args\r\n"u8);
            return false;
        }

        last = at + (int)count;
        return true;
    }
}
