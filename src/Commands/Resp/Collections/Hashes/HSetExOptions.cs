using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>What stands before the fields of HSETEX (redis 8 t_hash.c, hsetexParseArgs).</summary>
internal struct HSetExOptions
{
    /// <summary>FNX: only when none of the fields is there.</summary>
    public bool IsOnlyIfAbsent { get; private set; }

    /// <summary>FXX: only when all of them are there.</summary>
    public bool IsOnlyIfPresent { get; private set; }

    /// <summary>KEEPTTL.</summary>
    public bool KeepsExpiry { get; private set; }

    /// <summary>There is a time.</summary>
    public bool IsTimed { get; private set; }

    /// <summary>That time, Unix milliseconds; 0 without one.</summary>
    public long ExpiresAt { get; private set; }

    /// <summary>First field.</summary>
    public int FirstField { get; private set; }

    /// <summary>FNX or FXX.</summary>
    public readonly bool HasCondition => IsOnlyIfAbsent || IsOnlyIfPresent;

    /// <summary>Reads it, or writes the error.</summary>
    public bool TryParse(in RespCall call)
    {
        for (int i = 2; i < call.Count; i++)
        {
            if (call.Is(i, "fields"u8))
            {
                return TryFields(call, i);
            }

            if (!TryWord(call, ref i))
            {
                return false;
            }
        }

        // Redis has no answer for this: its words reach FIELDS or fail before.
        call.Error(RespErrors.WrongArity("hsetex"));
        return false;
    }

    private bool TryFields(in RespCall call, int at)
    {
        int rest = call.Count - at - 2;
        if (at >= call.Count - 3)
        {
            call.Error(RespErrors.WrongArity("hsetex"));
            return false;
        }

        if (!RespNumbers.TryInt64(call[at + 1], out long count) || count is < 1 or > int.MaxValue)
        {
            call.Error("-ERR invalid number of fields\r\n"u8);
            return false;
        }

        if (rest % 2 != 0 || count != rest / 2)
        {
            call.Error(RespErrors.WrongArity("hsetex"));
            return false;
        }

        FirstField = at + 2;
        return true;
    }

    private bool TryWord(in RespCall call, ref int index)
    {
        if (FieldTimeOption.TryWord(call, index, out int unit, out bool isRelative) || call.Is(index, "keepttl"u8))
        {
            return TryTime(call, ref index, unit, isRelative);
        }

        bool isAbsent = call.Is(index, "fnx"u8);
        if (!isAbsent && !call.Is(index, "fxx"u8))
        {
            call.Error($"ERR unknown argument: {RespErrors.Preview(call[index])}");
            return false;
        }

        if (HasCondition)
        {
            call.Error("-ERR Only one of FXX or FNX arguments can be specified\r\n"u8);
            return false;
        }

        IsOnlyIfAbsent = isAbsent;
        IsOnlyIfPresent = !isAbsent;
        return true;
    }

    private bool TryTime(in RespCall call, ref int index, int unit, bool isRelative)
    {
        if (IsTimed || KeepsExpiry)
        {
            call.Error("-ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified\r\n"u8);
            return false;
        }

        if (call.Is(index, "keepttl"u8))
        {
            KeepsExpiry = true;
            return true;
        }

        if (index == call.Count - 1)
        {
            call.Error("-ERR missing expire time\r\n"u8);
            return false;
        }

        IsTimed = true;
        bool isValid = FieldTime.TryParse(call, ++index, unit, isRelative, out long expiresAt);
        ExpiresAt = expiresAt;
        return isValid;
    }
}
