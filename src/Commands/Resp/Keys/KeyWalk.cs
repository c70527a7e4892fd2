using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>
/// Collects keys shard by shard, a bounded slice at a time, and then writes the reply as the peer reads it: the way of
/// KEYS, and of SCAN with its cursor before the keys.
/// </summary>
internal sealed class KeyWalk : PausedRequest
{
    /// <summary>Places looked at with the work of one look at the budget.</summary>
    private const int PlacesPerSlice = 8 * WorkUnits.PlacesPerUnit;

    private readonly KeyFilter _filter;
    private readonly int _count;
    private readonly bool _isScan;
    private ClientConnection? _holder;
    private long _heldBytes;
    private ulong _cursor;
    private bool _isCollected;

    private KeyWalk(KeyFilter filter, ulong cursor, int count, bool isScan)
    {
        _filter = filter;
        _cursor = cursor;
        _count = count;
        _isScan = isScan;
    }

    /// <summary>All keys of the database.</summary>
    public static KeyWalk Keys(KeyFilter filter, int mostBytes)
    {
        filter.EnoughBytes = mostBytes;
        return new KeyWalk(filter, 0, int.MaxValue, isScan: false);
    }

    /// <summary>A part of them, from a cursor; it may end before <paramref name="count"/> where the reply gets
    /// large.</summary>
    public static KeyWalk Scan(KeyFilter filter, ulong cursor, int count, int mostBytes)
    {
        filter.EnoughBytes = mostBytes;
        return new KeyWalk(filter, cursor, count, isScan: true);
    }

    public override bool GoOn(in RespCall call)
    {
        bool isDone = Step(call);
        _holder = call.Client;
        Hold(isDone ? 0 : _filter.MemoryBytes);
        return isDone;
    }

    public override void Release()
    {
        _filter.Free();
        Hold(0);
    }

    private bool Step(in RespCall call)
    {
        if (_isCollected)
        {
            return _filter.WriteKeys(call.Output, call.Services.Limits.OutputSoftBytes);
        }

        if (!Collect(call))
        {
            return false;
        }

        _isCollected = true;
        if (_isScan)
        {
            call.Output.WriteArray(2);
            call.Output.WriteBulk(_cursor.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        else if (_cursor != 0)
        {
            call.Error(call.Context.IsAtomicStepSpent ? RespErrors.TooMuchWork : RespErrors.TooManyKeys);
            return true;
        }

        int most = call.Context.IsAtomicStep ? int.MaxValue : call.Services.Limits.OutputSoftBytes;
        return _filter.Write(call.Output, most);
    }

    // What waits between turns is the connection's.
    private void Hold(long bytes)
    {
        _holder?.Hold(bytes - _heldBytes);
        _heldBytes = bytes;
    }

    // True when there is nothing more to collect, or no more may be.
    private bool Collect(in RespCall call)
    {
        CommandContext context = call.Context;
        _filter.WorkFor(context);
        int left = _count > int.MaxValue / 10 ? int.MaxValue : _count * 10;
        while (true)
        {
            int places = Math.Min(left, PlacesPerSlice);
            int before = places;
            _cursor = call.Store.Scan(call.Client.Database, _cursor, _count, ref places, call.Now, _filter);
            int looked = before - places + 1;
            left -= looked;
            context.Spend(1 + (looked / WorkUnits.PlacesPerUnit));
            if (_cursor == 0 || _filter.Seen >= _count || _filter.Bytes >= _filter.EnoughBytes
                || context.IsAtomicStepSpent
                || left <= 0)
            {
                return true;
            }

            if (context.ShouldPause())
            {
                return false;
            }
        }
    }
}
