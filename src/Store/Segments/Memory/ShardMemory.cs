using System.Diagnostics;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>The units that one shard holds. Used under the shard's lock.</summary>
internal sealed unsafe class ShardMemory(EngineMemory engine, int shard)
{
    /// <summary>What the shards share.</summary>
    public EngineMemory Engine { get; } = engine;

    /// <summary>Resident bytes of the units held.</summary>
    public long Resident { get; private set; }

    /// <summary>Bytes taken for copies out of a segment that is not empty yet.</summary>
    public long Copies { get; private set; }

    /// <summary>Takes a unit for <paramref name="use"/>.</summary>
    /// <returns>The unit, or -1.</returns>
    public int Take(UnitUse use, int database)
    {
        int unit = Engine.Pool.Take();
        if (unit >= 0)
        {
            Own(unit, use, database);
            Engine.Infos[unit].Units = 1;
        }

        return unit;
    }

    /// <summary>Takes a run of neighbours for one large record.</summary>
    /// <returns>The first unit, or -1.</returns>
    public int TakeRun(int count, int database)
    {
        int first = Engine.Pool.TakeRun(count);
        for (int unit = first; first >= 0 && unit < first + count; unit++)
        {
            Own(unit, unit == first ? UnitUse.Large : UnitUse.LargeRest, database);
            Engine.Infos[unit].Units = unit == first ? count : 0;
        }

        return first;
    }

    /// <summary>Gives a unit, or the run that starts with it, back.</summary>
    public void Return(int first)
    {
        int count = Engine.Infos[first].Units;
        for (int unit = first; unit < first + count; unit++)
        {
            Debug.Assert(Engine.Infos[unit].Shard == shard, "the unit is another shard's");
            Resident -= Engine.Infos[unit].Touched;
        }

        Debug.Assert(count > 0 && Resident >= 0, "a unit takes more with it than the shard counts");
        Engine.Pool.Return(first, count);
    }

    /// <summary>Makes the first <paramref name="bytes"/> of a unit or run resident, as far as the limit
    /// counts.</summary>
    /// <param name="first">The unit.</param>
    /// <param name="bytes">Bytes from its start.</param>
    /// <param name="room">How far it may go.</param>
    /// <returns>False when the limit allows it not; nothing changed.</returns>
    public bool TryTouch(int first, long bytes, MemoryRoom room)
    {
        long growth = GrowthOf(first, bytes);
        if (growth == 0)
        {
            return true;
        }

        if (!TryTake(growth, room))
        {
            return false;
        }

        NoteTouched(first, bytes, growth);
        return true;
    }

    /// <summary>
    /// Moves the charge for the pages of a run to another one, of which the first <paramref name="bytes"/> become
    /// resident. The contents of the old one are lost, its addresses stay with the shard. Needs room for the difference
    /// only.
    /// </summary>
    /// <returns>False when the limit does not allow the difference; nothing changed.</returns>
    public bool TryExchange(int from, int to, long bytes, MemoryRoom room)
    {
        long given = TouchedOf(from);
        long growth = GrowthOf(to, bytes);
        if (growth > given && !TryTake(growth - given, room))
        {
            return false;
        }

        for (int unit = from; unit < from + Engine.Infos[from].Units; unit++)
        {
            Engine.Region.Release(Engine.AddressOf(unit), Engine.Infos[unit].Touched);
            Engine.Infos[unit].Touched = 0;
        }

        Engine.Budget.Give(Math.Max(0, given - growth));
        Resident -= given;
        NoteTouched(to, bytes, growth);
        return true;
    }

    /// <summary>
    /// As <see cref="TryTouch"/> for a segment that is being filled: takes some pages ahead while there is plenty of
    /// memory.
    /// </summary>
    public bool TryTouchAhead(int unit, int bytes, MemoryRoom room)
    {
        int touched = Engine.Infos[unit].Touched;
        if (bytes <= touched)
        {
            return true;
        }

        int ahead = Math.Min(Engine.UnitBytes, (bytes + Engine.AheadBytes - 1) & -Engine.AheadBytes);
        if (Engine.Budget.IsAmple && TryTouch(unit, ahead, room))
        {
            Engine.Region.Populate(Engine.AddressOf(unit) + touched, ahead - touched);
            return true;
        }

        return TryTouch(unit, bytes, room);
    }

    /// <summary>Gives the pages of a unit, or of a run, back from <paramref name="bytes"/> on.</summary>
    public void Untouch(int first, long bytes)
    {
        long rounded = MemoryRegion.RoundUp(bytes);
        int end = first + Engine.Infos[first].Units;
        for (int unit = first; unit < end; unit++, rounded -= Engine.UnitBytes)
        {
            int kept = (int)Math.Clamp(rounded, 0, Engine.UnitBytes);
            int released = Engine.Infos[unit].Touched - kept;
            if (released > 0)
            {
                Engine.Region.Release(Engine.AddressOf(unit) + kept, released);
                Engine.Infos[unit].Touched = kept;
                Engine.Budget.Give(released);
                Resident -= released;
                Debug.Assert(Resident >= 0, "more pages were given back than counted");
            }
        }
    }

    /// <summary>Resident bytes of a unit or run.</summary>
    public long TouchedOf(int first)
    {
        long touched = 0;
        for (int unit = first; unit < first + Engine.Infos[first].Units; unit++)
        {
            touched += Engine.Infos[unit].Touched;
        }

        return touched;
    }

    /// <summary>The segment that the copies came from is gone, or keeps the rest.</summary>
    public void SettleCopies()
    {
        Engine.Budget.SettleCopies(Copies);
        Copies = 0;
    }

    private bool TryTake(long growth, MemoryRoom room)
    {
        if (room == MemoryRoom.Upkeep)
        {
            Engine.Budget.TakeForCopies(growth);
            Copies += growth;
            return true;
        }

        return Engine.Budget.TryTake(growth, room)
            || (Engine.MakeRoom(growth, room) && Engine.Budget.TryTake(growth, room));
    }

    private long GrowthOf(int first, long bytes)
    {
        long growth = 0;
        long rounded = MemoryRegion.RoundUp(bytes);
        for (int unit = first; rounded > 0; unit++, rounded -= Engine.UnitBytes)
        {
            growth += Math.Max(0, Math.Min(rounded, Engine.UnitBytes) - Engine.Infos[unit].Touched);
        }

        return growth;
    }

    private void NoteTouched(int first, long bytes, long growth)
    {
        Debug.Assert(bytes <= (long)Engine.Infos[first].Units << Engine.UnitShift, "a run ends before that");
        Resident += growth;
        long rounded = MemoryRegion.RoundUp(bytes);
        for (int unit = first; rounded > 0; unit++, rounded -= Engine.UnitBytes)
        {
            ref int touched = ref Engine.Infos[unit].Touched;
            touched = (int)Math.Max(touched, Math.Min(rounded, Engine.UnitBytes));
        }
    }

    private void Own(int unit, UnitUse use, int database)
    {
        ref SegmentInfo info = ref Engine.Infos[unit];
        info.Use = use;
        info.Shard = (byte)shard;
        info.Database = (byte)database;
        info.Used = 0;
        info.UsedBefore = 0;
        info.Live = 0;
        info.Pins = 0;
        info.IsLeaving = false;
        Resident += info.Touched;
    }
}
