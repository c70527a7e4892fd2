using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary><c>FIELDS count field [field ...]</c> at the end of a command (redis 8 t_hash.c).</summary>
internal static class FieldArguments
{
    // HSETEX key FNX EX seconds FIELDS.
    private const int LastFields = 5;

    /// <summary>Reads it, or writes the error.</summary>
    /// <param name="call">The call.</param>
    /// <param name="at">Where FIELDS must stand.</param>
    /// <param name="badCount">Error of a count that is not positive.</param>
    /// <param name="first">First field.</param>
    public static bool TryFind(in RespCall call, int at, ReadOnlySpan<byte> badCount, out int first)
    {
        first = at + 2;
        if (at >= call.Count || !call.Is(at, "fields"u8))
        {
            call.Error("-ERR Mandatory argument FIELDS is missing or not at the right position\r\n"u8);
            return false;
        }

        if (at + 1 >= call.Count || !RespNumbers.TryInt64(call[at + 1], out long count) || count < 1)
        {
            call.Error(badCount);
            return false;
        }

        if (count != call.Count - first)
        {
            call.Error("-ERR The `numfields` parameter must match the number of arguments\r\n"u8);
            return false;
        }

        return true;
    }

    /// <summary>Error of most commands.</summary>
    public static ReadOnlySpan<byte> BadCount => "-ERR Number of fields must be a positive integer\r\n"u8;

    /// <summary>How a call with many fields is cut into pieces.</summary>
    /// <param name="call">The call.</param>
    /// <param name="step">Arguments of a field.</param>
    /// <param name="reply">What becomes of the answers.</param>
    public static WideForm Cut(in RespCall call, int step, WideReply reply)
    {
        for (int i = 2; i <= LastFields; i++)
        {
            if (call.Is(i, "fields"u8))
            {
                return RespNumbers.TryInt64(call[i + 1], out long count) && count == (call.Count - i - 2) / step
                    && (call.Count - i - 2) % step == 0 ? new WideForm(i + 2, step, reply, i + 1) : default;
            }
        }

        return default;
    }
}
