using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>Options of LPOS (redis 7 t_list.c, lposCommand).</summary>
internal struct PositionOptions
{
    private long _rank;
    private long _count;
    private long _maxLength;

    /// <summary>RANK is negative: from the end.</summary>
    public bool IsReverse { get; private set; }

    /// <summary>COUNT is there: the answer is an array.</summary>
    public bool HasCount { get; private set; }

    /// <summary>Matches before the first that counts.</summary>
    public readonly long Skipped => _rank - 1;

    /// <summary>Matches that are wanted.</summary>
    public readonly long MostMatches => !HasCount ? 1 : _count == 0 ? long.MaxValue : _count;

    /// <summary>Elements that are compared at most.</summary>
    public readonly long MostLooks => _maxLength == 0 ? long.MaxValue : _maxLength;

    /// <summary>Reads them, or writes the error.</summary>
    public bool TryParse(in RespCall call)
    {
        _rank = 1;
        for (int i = 3; i < call.Count; i += 2)
        {
            bool hasValue = i + 1 < call.Count;
            bool isRead;
            if (hasValue && call.Is(i, "rank"u8))
            {
                isRead = TryRank(call, i + 1);
            }
            else if (hasValue && call.Is(i, "count"u8))
            {
                HasCount = true;
                isRead = TryNumber(call, i + 1, "-ERR COUNT can't be negative\r\n"u8, out _count);
            }
            else if (hasValue && call.Is(i, "maxlen"u8))
            {
                isRead = TryNumber(call, i + 1, "-ERR MAXLEN can't be negative\r\n"u8, out _maxLength);
            }
            else
            {
                call.Error(RespErrors.Syntax);
                return false;
            }

            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryRank(in RespCall call, int index)
    {
        if (!call.TryRange(index, -long.MaxValue, long.MaxValue, out _rank))
        {
            return false;
        }

        if (_rank == 0)
        {
            call.Error("ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use"
                + " negative to start from the end of the list");
            return false;
        }

        IsReverse = _rank < 0;
        _rank = Math.Abs(_rank);
        return true;
    }

    private static bool TryNumber(in RespCall call, int index, ReadOnlySpan<byte> error, out long value)
    {
        if (RespNumbers.TryInt64(call[index], out value) && value >= 0)
        {
            return true;
        }

        call.Error(error);
        return false;
    }
}
