namespace SessionGateway.Store.Mutations;

/// <summary>
/// Where the keys of one shard were last written, so that nobody sees what can still be taken back. Keys share places
/// by their hash: who reads a key may wait for the write of another one, and that is all. Used under the shard's lock.
/// </summary>
internal sealed class UnsettledWrites(IReadGuard guard)
{
    // 64 shards have 512 KB of it. Of writes that wait at a time, some dozens, one in a thousand is taken for that of
    // another key.
    private const int Places = 1024;

    // The top bits choose the shard.
    private const int PlaceShift = 40;

    // Keys of one group and shard: beyond it the group stands for all keys.
    private const int MostInGroup = 16;

    private readonly long[] _positions = new long[Places];
    private readonly ushort[] _inGroup = new ushort[MostInGroup];
    private int _groupCount;
    private long _ofAll;
    private long _highest;

    /// <summary>A key is read, or written.</summary>
    public void OnEnter(ulong hash) => Look(Math.Max(_positions[PlaceOf(hash)], _ofAll));

    /// <summary>Any key may be read, or written.</summary>
    public void OnEnter() => Look(_highest);

    /// <summary>A key was written.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="position">Where.</param>
    /// <param name="isGrouped">The position of the group's end follows.</param>
    public void Note(ulong hash, long position, bool isGrouped)
    {
        int place = PlaceOf(hash);
        _positions[place] = _highest = position;
        if (isGrouped && _groupCount <= MostInGroup)
        {
            if (_groupCount < MostInGroup)
            {
                _inGroup[_groupCount] = (ushort)place;
            }

            _groupCount++;
        }
    }

    /// <summary>All keys were written.</summary>
    public void NoteAll(long position) => _ofAll = _highest = Math.Max(position, _highest);

    /// <summary>The group of writes has ended.</summary>
    public void EndGroup(long position)
    {
        if (_groupCount > MostInGroup)
        {
            NoteAll(position);
        }
        else if (_groupCount > 0)
        {
            _highest = position;
            foreach (ushort place in _inGroup.AsSpan(0, _groupCount))
            {
                _positions[place] = position;
            }
        }

        _groupCount = 0;
    }

    private static int PlaceOf(ulong hash) => (int)(hash >> PlaceShift) % Places;

    private void Look(long position)
    {
        if (position > guard.Settled)
        {
            guard.OnUnsettled(position);
        }
    }
}
