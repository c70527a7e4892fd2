using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>
/// Combines the members of sets and sorted sets, in one of two ways. Of few keys each member is looked for in the
/// others; of many keys that would be members times keys, so all members are gathered beside (<see
/// cref="GatheredMembers"/>), one after the other, and given then: as often as there are members.
/// </summary>
internal abstract class MemberCombination : Combination
{
    /// <summary>Keys beside whose look-ups gathering costs more.</summary>
    protected const int FewSources = 4;

    // A member is looked for and written, what was gathered read and given.
    private const int LookUpsPerGathered = 4;

    private readonly MemberList _slice = new();
    private int _inSlice;
    private ulong _cursor;
    private int _last;
    private bool _isRead;
    private GatheredMembers? _gathered;

    public override bool IsRefused => _gathered is { IsRefused: true };

    /// <summary>The key whose members are read.</summary>
    protected int Source { get; private set; }

    /// <summary>Members are gathered.</summary>
    protected bool Gathers => _gathered is not null;

    /// <summary>The members of the key that is read were not looked at yet.</summary>
    protected bool IsAtStart => _cursor == 0 && _inSlice == _slice.Count;

    /// <summary>Look-ups of members that are gathered.</summary>
    protected static long WorkOf(long members) => members * LookUpsPerGathered;

    public override bool Next(in RespCall call, IMemberSink sink)
    {
        if (_isRead)
        {
            return IsGiven(call, sink);
        }

        if (_gathered is { IsBegun: false } && !_gathered.TryBegin(call, call.Key(PlaceOf(0))))
        {
            return true;
        }

        if (_inSlice == _slice.Count && (Gathers || !TryWhole(call, sink)))
        {
            _slice.Clear();
            _inSlice = 0;
            Looked++;
            ReadSlice(call, Source, ref _cursor, _slice);
        }

        long most = Looked + MostAtOnce;
        for (; _inSlice < _slice.Count && Looked < most && !IsEnough(sink) && !IsRefused; _inSlice++)
        {
            if (_gathered is { } gathered)
            {
                Looked += LookUpsPerGathered;
                Gather(call, gathered, _slice[_inSlice], _slice.ScoreAt(_inSlice), sink);
            }
            else
            {
                Give(call, _slice[_inSlice], sink);
            }
        }

        if (IsEnough(sink) || IsRefused)
        {
            return true;
        }

        if (_inSlice < _slice.Count || _cursor != 0)
        {
            return false;
        }

        if (Source < _last && (_gathered is null || !IsOver(_gathered)))
        {
            Source++;
            return false;
        }

        _isRead = true;
        return !HasRest;
    }

    public override bool BeginStep(long now) => _gathered?.BeginStep(now) ?? true;

    public override void Clear() => _gathered?.Clear();

    public override void Release() => _gathered?.Release();

    /// <summary>Begins at the first member. The shards are held.</summary>
    /// <param name="first">The key whose members are read first.</param>
    /// <param name="last">The last one whose members are read.</param>
    /// <param name="gathers">The members are gathered.</param>
    protected void Begin(int first, int last, bool gathers)
    {
        Clear();
        _slice.Clear();
        _inSlice = 0;
        _cursor = 0;
        _isRead = false;
        _last = last;
        Source = first;
        _gathered = gathers ? new GatheredMembers() : null;
    }

    /// <summary>Members that were gathered are given behind the last one.</summary>
    protected virtual bool HasRest => Gathers;

    /// <summary>Further keys change nothing of what is gathered.</summary>
    protected virtual bool IsOver(GatheredMembers gathered) => false;

    /// <summary>There are as many as are wanted.</summary>
    protected virtual bool IsEnough(IMemberSink sink) => false;

    /// <summary>Gives the members of a key without a copy, where that can be done.</summary>
    protected virtual bool TryWhole(in RespCall call, IMemberSink sink) => false;

    /// <summary>Copies some members of a key.</summary>
    protected abstract void ReadSlice(in RespCall call, int source, ref ulong cursor, MemberList slice);

    /// <summary>Gives a member if it belongs to the result and was not given before, as it is found.</summary>
    protected abstract void Give(in RespCall call, ReadOnlySpan<byte> member, IMemberSink sink);

    /// <summary>Gathers a member.</summary>
    protected abstract void Gather(in RespCall call, GatheredMembers gathered, ReadOnlySpan<byte> member, double score,
        IMemberSink sink);

    private bool IsGiven(in RespCall call, IMemberSink sink)
    {
        Looked++;
        _slice.Clear();
        _gathered!.Read(ref _cursor, EntriesPerSlice, _slice);
        for (int i = 0; i < _slice.Count; i++)
        {
            sink.Add(_slice[i], _slice.ScoreAt(i));
        }

        return _cursor == 0;
    }
}
