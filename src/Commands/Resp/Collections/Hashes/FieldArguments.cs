using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary><c>FIELDS count field [field ...]</c> at the end of a command (redis 8 t_hash.c).</summary>
internal static class FieldArguments
{
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
}
