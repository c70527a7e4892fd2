using SessionGateway.Commands.Resp.Strings.Conditional;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>Options of SET and GETEX (redis 7 t_string.c, parseExtendedStringArgumentsOrReply).</summary>
internal struct SetOptions
{
    private TimeOption _time;
    private int _timeIndex;

    private enum TimeOption : byte
    {
        None,
        Seconds,
        Milliseconds,
        UnixSeconds,
        UnixMilliseconds,
    }

    /// <summary>NX.</summary>
    public bool IsOnlyIfAbsent { get; private set; }

    /// <summary>XX.</summary>
    public bool IsOnlyIfPresent { get; private set; }

    /// <summary>GET.</summary>
    public bool IsGet { get; private set; }

    /// <summary>IFEQ and its kin.</summary>
    public ValueCondition Condition { get; private set; }

    /// <summary>KEEPTTL.</summary>
    public bool KeepsExpiry { get; private set; }

    /// <summary>PERSIST.</summary>
    public bool IsPersist { get; private set; }

    /// <summary>Unix milliseconds, 0 = never.</summary>
    public long ExpiresAt { get; private set; }

    /// <summary>Reads the words and the time, or writes the error.</summary>
    public bool TryParse(in RespCall call, int first, bool isSet) =>
        TryParseWords(call, first, isSet) && Condition.IsValid(call) && TryResolve(call);

    /// <summary>Reads the words, or writes the error.</summary>
    public bool TryParseWords(in RespCall call, int first, bool isSet)
    {
        for (int i = first; i < call.Count; i++)
        {
            if (!TryTime(call, ref i) && !(isSet ? TrySetWord(call, ref i) : TryGetWord(call, i)))
            {
                call.Error(RespErrors.Syntax);
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the time, or writes the error.</summary>
    public bool TryResolve(in RespCall call)
    {
        if (_time == TimeOption.None)
        {
            return true;
        }

        if (!call.TryInteger(_timeIndex, out long time))
        {
            return false;
        }

        int unit = _time is TimeOption.Seconds or TimeOption.UnixSeconds ? 1000 : 1;
        bool valid = _time is TimeOption.Seconds or TimeOption.Milliseconds
            ? Expiry.TryAfter(call.Clock, time, unit, out long expiresAt)
            : Expiry.TryAt(time, unit, out expiresAt);
        if (!valid)
        {
            call.Error(RespErrors.InvalidExpire(call.CommandName));
        }

        ExpiresAt = expiresAt;
        return valid;
    }

    // EX s | PX ms | EXAT s | PXAT ms: one of them, which may be repeated; not beside KEEPTTL or PERSIST.
    private bool TryTime(in RespCall call, ref int index)
    {
        ReadOnlySpan<byte> word = call[index];
        TimeOption option = word.Length switch
        {
            2 when call.Is(index, "ex"u8) => TimeOption.Seconds,
            2 when call.Is(index, "px"u8) => TimeOption.Milliseconds,
            4 when call.Is(index, "exat"u8) => TimeOption.UnixSeconds,
            4 when call.Is(index, "pxat"u8) => TimeOption.UnixMilliseconds,
            _ => TimeOption.None,
        };
        if (option == TimeOption.None || KeepsExpiry || IsPersist || index + 1 == call.Count
            || (_time != TimeOption.None && _time != option))
        {
            return false;
        }

        _time = option;
        _timeIndex = ++index;
        return true;
    }

    private bool TrySetWord(in RespCall call, ref int index)
    {
        if (ValueCondition.KindOf(call, index) is not ConditionKind.None and var kind)
        {
            bool isAlone = Condition.Kind == ConditionKind.None && !IsOnlyIfAbsent && !IsOnlyIfPresent;
            Condition = new ValueCondition(kind, ++index);
            return isAlone && index < call.Count;
        }

        if (Condition.Kind != ConditionKind.None && (call.Is(index, "nx"u8) || call.Is(index, "xx"u8)))
        {
            return false;
        }

        if (call.Is(index, "nx"u8) && !IsOnlyIfPresent)
        {
            IsOnlyIfAbsent = true;
        }
        else if (call.Is(index, "xx"u8) && !IsOnlyIfAbsent)
        {
            IsOnlyIfPresent = true;
        }
        else if (call.Is(index, "get"u8))
        {
            IsGet = true;
        }
        else if (call.Is(index, "keepttl"u8) && _time == TimeOption.None)
        {
            KeepsExpiry = true;
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool TryGetWord(in RespCall call, int index)
    {
        IsPersist |= call.Is(index, "persist"u8) && _time == TimeOption.None;
        return IsPersist && call.Is(index, "persist"u8);
    }
}
