using System.Numerics;
using System.Runtime.CompilerServices;
using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Memory;
using SessionGateway.Store.Segments.Records;
using SessionGateway.Store.Segments.Snapshots;

namespace SessionGateway.Store.Segments.Integrity;

/// <summary>
/// Walks all segments and indexes of a store whose shards are all locked and proves that they agree: every record is
/// found under its key and nothing else is, records fill their segments without a gap, bytes and counts add up, due
/// times are not too late, and no unit is used twice or charged wrongly.
/// </summary>
internal sealed unsafe class IntegrityChecker(ItemStore store, EngineMemory memory)
{
    private readonly HashSet<int> _units = [];
    private long _items;
    private long _live;
    private long _dead;
    private long _indexBytes;
    private int _segments;

    /// <summary>Proves it for all shards of the store.</summary>
    /// <exception cref="IntegrityException">Something does not agree.</exception>
    public IntegrityReport Check(IEnumerable<ShardParts> shards)
    {
        foreach (ShardParts shard in shards)
        {
            CheckShard(shard);
        }

        long resident = CheckUnits();
        return new IntegrityReport(_items, _live, _dead, _indexBytes, _segments, resident);
    }

    private static void Require(
        bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] RequirementMessage message)
    {
        if (!condition)
        {
            throw new IntegrityException(message.ToString());
        }
    }

    private void CheckShard(ShardParts shard)
    {
        long[] counts = new long[ShardSnapshot.FirstRetained + shard.Snapshot.RetainedCount];
        long live = 0, dead = 0, resident = 0;
        SegmentHeap heap = shard.Heap;
        for (int i = 0; i < heap.Segments.Count; i++)
        {
            int segment = heap.Segments[i];
            ref SegmentInfo info = ref heap.Info(segment);
            Require(info.Link == i, $"segment {segment} does not know its place in the list");
            resident += Claim(segment, shard.Number, info.Database);
            counts[info.Database] += CheckSegment(shard, segment, heap.Segments.DueAt(i));
            live += info.Live;
            dead += info.Used - info.Live;
        }

        Require(live == heap.LiveBytes, $"shard {shard.Number} counts {heap.LiveBytes} live bytes, holds {live}");
        Require(dead == heap.DeadBytes, $"shard {shard.Number} counts {heap.DeadBytes} dead bytes, holds {dead}");
        for (int database = 0; database < counts.Length; database++)
        {
            resident += CheckIndex(shard, database, counts[database]);
        }

        long counted = shard.Memory.Resident;
        Require(resident == counted, $"shard {shard.Number} counts {counted} bytes, holds {resident}");
        _live += live;
        _dead += dead;
        _segments += heap.Segments.Count;
    }

    private long CheckSegment(ShardParts shard, int segment, long due)
    {
        SegmentHeap heap = shard.Heap;
        SegmentInfo info = heap.Info(segment);
        (HashIndex? index, int database) = shard.IndexOf(info.Database);
        Require(index is not null, $"segment {segment} holds records of a database without an index");
        int offset = 0, live = 0;
        long count = 0;
        Span<uint> firsts = stackalloc uint[SegmentInfo.BlockCount];
        firsts.Fill(SegmentInfo.NoRecord);
        while (offset < info.Used)
        {
            var record = new Record(heap.AddressOf(segment) + offset);
            int block = Math.Min(offset >> heap.BlockShift, SegmentInfo.BlockCount - 1);
            firsts[block] = Math.Min(firsts[block], (uint)offset);
            Require(record.IsLive != record.IsDead, $"no record at {segment}:{offset}");
            int length = record.Length;
            Require(
                length >= Record.Alignment && length % Record.Alignment == 0,
                $"length {length} at {segment}:{offset}");
            if (record.IsLive)
            {
                bool isRetained = info.Database >= ShardSnapshot.FirstRetained;
                CheckRecord(shard, index!, record, database, isRetained ? 0 : due, isRetained ? 0 : info.Due[block]);
                live += length;
                count++;
            }

            offset += length;
        }

        Require(offset == info.Used, $"segment {segment} is used to {info.Used}, its records reach {offset}");
        Require(live == info.Live, $"segment {segment} counts {info.Live} live bytes, holds {live}");
        Require(live > 0 || info.Use == UnitUse.Open, $"segment {segment} holds nothing live");
        for (int block = 0; block < firsts.Length; block++)
        {
            Require(firsts[block] == info.FirstRecords[block], $"segment {segment} block {block} starts elsewhere");
        }

        return count;
    }

    private void CheckRecord(
        ShardParts shard, HashIndex index, Record record, int database, long due, long blockDue)
    {
        long where = record.Address - memory.Region.Start;
        Require(record.IsCanaryIntact(), $"record at {where}: something wrote over its end");
        ItemKey key = store.Key(database, record.Key);
        Require(
            database >= ItemStore.DatabaseCount || store.ShardOf(key) == shard.Number,
            $"record at {where}: belongs to another shard");
        Require(
            index.TryFind(key.Hash, key.Bytes, out Place place) && place.Record.Address == record.Address,
            $"record at {where}: its key leads elsewhere");
        long expiresAt = record.ExpiresAt;
        Require(
            expiresAt == 0 || (blockDue <= expiresAt && due <= blockDue),
            $"record at {where}: expires before it is due");
    }

    private long CheckIndex(ShardParts shard, int database, long count)
    {
        if (shard.IndexOf(database).Index is not { } index)
        {
            Require(count == 0, $"database {database} has records and no index");
            return 0;
        }

        // Every record was found by its key, so equal numbers prove that the index refers to nothing else.
        Require(index.Count == count, $"database {database} counts {index.Count} items, has {count} records");
        long slots = 0;
        for (uint number = 0; number < index.BucketCount; number++)
        {
            for (Bucket bucket = index.BucketAt(number); ; bucket = index.Following(bucket))
            {
                slots += BitOperations.PopCount(bucket.UsedSlots());
                if (bucket.Next == 0)
                {
                    break;
                }
            }
        }

        Require(slots == count, $"database {database} has {slots} slots in use for {count} records");
        _items += count;
        long resident = 0;
        foreach (int unit in index.Units)
        {
            Require(memory.Infos[unit].Use == UnitUse.Index, $"unit {unit} of an index is used for something else");
            resident += Claim(unit, shard.Number, database);
        }

        _indexBytes += resident;
        return resident;
    }

    private long Claim(int first, int shard, int database)
    {
        long touched = 0;
        int count = memory.Infos[first].Units;
        Require(count > 0, $"unit {first} is not the start of a run");
        for (int unit = first; unit < first + count; unit++)
        {
            SegmentInfo info = memory.Infos[unit];
            Require(_units.Add(unit), $"unit {unit} is used twice");
            Require(info.Use is not (UnitUse.Free or UnitUse.Dirty), $"unit {unit} is in use and in the pool");
            bool isItsDatabase = info.Database == database || database >= ShardSnapshot.FirstRetained;
            Require(info.Shard == shard && isItsDatabase, $"unit {unit} belongs to someone else");
            touched += info.Touched;
        }

        Require(touched >= memory.Infos[first].Used, $"unit {first} holds more than it was charged for");
        return touched;
    }

    private long CheckUnits()
    {
        long resident = 0, dirty = 0;
        for (int unit = 0; unit < memory.UnitCount; unit++)
        {
            SegmentInfo info = memory.Infos[unit];
            bool inPool = info.Use is UnitUse.Free or UnitUse.Dirty;
            Require(inPool != _units.Contains(unit), $"unit {unit} ({info.Use}) is lost");
            Require(info.Use != UnitUse.Free || info.Touched == 0, $"unit {unit} is free and charged");
            dirty += info.Use == UnitUse.Dirty ? info.Touched : 0;
            resident += info.Touched;
        }

        Require(dirty == memory.Pool.DirtyBytes, $"the pool counts {memory.Pool.DirtyBytes} bytes, holds {dirty}");
        long charged = memory.Budget.Used - store.BufferBytes;
        Require(resident == charged, $"{charged} bytes are charged, {resident} resident");
        return resident;
    }
}
