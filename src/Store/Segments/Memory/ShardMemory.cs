namespace SessionGateway.Store.Segments.Memory;

/// <summary>The units that one shard holds. Used under the shard's lock.</summary>
internal sealed unsafe class ShardMemory(EngineMemory engine, int shard)
{
    /// <summary>What the shards share.</summary>
    public EngineMemory Engine { get; } = engine;

    /// <summary>Resident bytes of the units held.</summary>
    public long Resident { get; private set; }

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
            Resident -= Engine.Infos[unit].Touched;
        }

        Engine.Pool.Return(first, count);
    }

    /// <summary>Makes the first <paramref name="bytes"/> of a unit or run resident, as far as the limit
    /// counts.</summary>
    /// <param name="first">The unit.</param>
    /// <param name="bytes">Bytes from its start.</param>
    /// <param name="force">True for upkeep whose need is bounded by the reserve.</param>
    /// <returns>False when the limit allows it not; nothing changed.</returns>
    public bool TryTouch(int first, long bytes, bool force)
    {
        long rounded = MemoryRegion.RoundUp(bytes);
        long growth = 0;
        SegmentInfo* infos = Engine.Infos;
        for (int unit = first; rounded > 0; unit++, rounded -= Engine.UnitBytes)
        {
            growth += Math.Max(0, Math.Min(rounded, Engine.UnitBytes) - infos[unit].Touched);
        }

        if (growth == 0)
        {
            return true;
        }

        if (force)
        {
            Engine.Budget.Take(growth);
        }
        else if (!Engine.Budget.TryTake(growth) && (!Engine.MakeRoom(growth) || !Engine.Budget.TryTake(growth)))
        {
            return false;
        }

        Resident += growth;
        rounded = MemoryRegion.RoundUp(bytes);
        for (int unit = first; rounded > 0; unit++, rounded -= Engine.UnitBytes)
        {
            infos[unit].Touched = (int)Math.Max(infos[unit].Touched, Math.Min(rounded, Engine.UnitBytes));
        }

        return true;
    }

    /// <summary>
    /// As <see cref="TryTouch"/> for a segment that is being filled: takes some pages ahead while there is plenty of
    /// memory.
    /// </summary>
    public bool TryTouchAhead(int unit, int bytes, bool force)
    {
        int touched = Engine.Infos[unit].Touched;
        if (bytes <= touched)
        {
            return true;
        }

        int ahead = Math.Min(Engine.UnitBytes, (bytes + Engine.AheadBytes - 1) & -Engine.AheadBytes);
        if (Engine.Budget.IsAmple && TryTouch(unit, ahead, force))
        {
            Engine.Region.Populate(Engine.AddressOf(unit) + touched, ahead - touched);
            return true;
        }

        return TryTouch(unit, bytes, force);
    }

    /// <summary>Gives the pages of a unit back from <paramref name="bytes"/> on.</summary>
    public void Untouch(int unit, long bytes)
    {
        int kept = (int)MemoryRegion.RoundUp(bytes);
        int released = Engine.Infos[unit].Touched - kept;
        if (released > 0)
        {
            Engine.Region.Release(Engine.AddressOf(unit) + kept, released);
            Engine.Infos[unit].Touched = kept;
            Engine.Budget.Give(released);
            Resident -= released;
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
        Resident += info.Touched;
    }
}
