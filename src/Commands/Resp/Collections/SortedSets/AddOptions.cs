namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>Options of ZADD (redis 7 t_zset.c, zaddGenericCommand).</summary>
internal struct AddOptions
{
    /// <summary>NX: only new members.</summary>
    public bool IsOnlyIfAbsent { get; private set; }

    /// <summary>XX: only members that are there.</summary>
    public bool IsOnlyIfPresent { get; private set; }

    /// <summary>GT: a score only grows.</summary>
    public bool IsOnlyIfGreater { get; private set; }

    /// <summary>LT: a score only shrinks.</summary>
    public bool IsOnlyIfLess { get; private set; }

    /// <summary>CH: changed members count, too.</summary>
    public bool CountsChanges { get; private set; }

    /// <summary>INCR: the number is added to the score.</summary>
    public bool IsIncrement { get; private set; }

    /// <summary>First score.</summary>
    public int FirstScore { get; private set; }

    /// <summary>Those of ZINCRBY.</summary>
    public static AddOptions Increment => new() { IsIncrement = true, FirstScore = 2 };

    /// <summary>Reads them, or writes the error.</summary>
    public bool TryParse(in RespCall call)
    {
        bool hasPairs = TrySkip(call);
        ReadOnlySpan<byte> error = !hasPairs ? RespErrors.Syntax
            : IsOnlyIfAbsent && IsOnlyIfPresent
                ? "-ERR XX and NX options at the same time are not compatible\r\n"u8
            : (IsOnlyIfGreater && IsOnlyIfLess) || (IsOnlyIfAbsent && (IsOnlyIfGreater || IsOnlyIfLess))
                ? "-ERR GT, LT, and/or NX options at the same time are not compatible\r\n"u8
            : IsIncrement && call.Count - FirstScore > 2
                ? "-ERR INCR option supports a single increment-element pair\r\n"u8
            : default;
        if (!error.IsEmpty)
        {
            call.Error(error);
        }

        return error.IsEmpty;
    }

    /// <summary>Finds the first score.</summary>
    /// <returns>False when no pairs follow.</returns>
    public bool TrySkip(in RespCall call)
    {
        FirstScore = 2;
        while (FirstScore < call.Count && TryWord(call, FirstScore))
        {
            FirstScore++;
        }

        int rest = call.Count - FirstScore;
        return rest > 0 && rest % 2 == 0;
    }

    private bool TryWord(in RespCall call, int index)
    {
        if (call.Is(index, "nx"u8))
        {
            IsOnlyIfAbsent = true;
        }
        else if (call.Is(index, "xx"u8))
        {
            IsOnlyIfPresent = true;
        }
        else if (call.Is(index, "gt"u8))
        {
            IsOnlyIfGreater = true;
        }
        else if (call.Is(index, "lt"u8))
        {
            IsOnlyIfLess = true;
        }
        else if (call.Is(index, "ch"u8))
        {
            CountsChanges = true;
        }
        else if (call.Is(index, "incr"u8))
        {
            IsIncrement = true;
        }
        else
        {
            return false;
        }

        return true;
    }
}
