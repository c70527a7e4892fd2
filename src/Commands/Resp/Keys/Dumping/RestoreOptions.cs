using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>What stands behind the payload of RESTORE.</summary>
internal readonly record struct RestoreOptions(bool Replaces, bool IsAbsolute, long IdleSeconds)
{
    private const int First = 4;

    /// <summary>Reads them, or writes the error.</summary>
    public static bool TryRead(in RespCall call, out RestoreOptions options)
    {
        options = new RestoreOptions(false, false, -1);
        long frequency = -1;
        for (int i = First; i < call.Count; i++)
        {
            bool hasNext = i + 1 < call.Count;
            if (call.Is(i, "replace"u8))
            {
                options = options with { Replaces = true };
            }
            else if (call.Is(i, "absttl"u8))
            {
                options = options with { IsAbsolute = true };
            }
            else if (call.Is(i, "idletime"u8) && hasNext && frequency == -1)
            {
                if (!TryNumber(call, ++i, long.MaxValue, "-ERR Invalid IDLETIME value, must be >= 0\r\n"u8,
                    out long idle))
                {
                    return false;
                }

                options = options with { IdleSeconds = idle };
            }
            else if (call.Is(i, "freq"u8) && hasNext && options.IdleSeconds == -1)
            {
                if (!TryNumber(call, ++i, byte.MaxValue, "-ERR Invalid FREQ value, must be >= 0 and <= 255\r\n"u8,
                    out frequency))
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

    private static bool TryNumber(in RespCall call, int place, long most, ReadOnlySpan<byte> error, out long number)
    {
        if (!call.TryInteger(place, out number))
        {
            return false;
        }

        if (number < 0 || number > most)
        {
            call.Error(error);
            return false;
        }

        return true;
    }
}
