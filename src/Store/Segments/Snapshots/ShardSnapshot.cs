using System.Buffers.Binary;
using System.Diagnostics;
using SessionGateway.Store.Segments.Compression;
using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Snapshots;

/// <summary>
/// The part of a snapshot in one shard. Every record carries a mark that says on which side of the latest snapshot it
/// is; the meaning of the mark is turned round when a snapshot begins, so all records are behind it at once. The walk,
/// and whoever changes a record first, hands the record over and sets its mark. Used under the shard's lock.
/// </summary>
internal sealed class ShardSnapshot(SegmentHeap heap, LiveItems items, ValueCodec codec)
{
    /// <summary>Database numbers from here on stand for flushed databases that the snapshot still needs.</summary>
    public const int FirstRetained = ItemStore.AllDatabases;

    /// <summary>Flushes that a running snapshot takes; one more completes it on the spot.</summary>
    public const int MostRetained = 200;

    private readonly List<(HashIndex Index, int Database)> _retained = [];
    private ISnapshotSink? _sink;
    private long _takenAt;
    private int _database;
    private ulong _cursor;

    /// <summary>The mark of records that need not be handed over: all, while no snapshot runs.</summary>
    public bool Epoch { get; private set; }

    /// <summary>True from the beginning until every record has the mark.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>True when it runs on only to set the marks.</summary>
    public bool IsAbandoned => IsRunning && _sink is null;

    /// <summary>Flushed databases that are still kept.</summary>
    public int RetainedCount => _retained.Count;

    /// <summary>Puts all records behind the snapshot.</summary>
    public void Begin(ISnapshotSink sink, long now)
    {
        Debug.Assert(!IsRunning && _retained.Count == 0, "a snapshot begins while another one runs");
        _sink = sink;
        _takenAt = now;
        _database = 0;
        _cursor = 0;
        Epoch = !Epoch;
        IsRunning = true;
    }

    /// <summary>Hands no more records over; the marks are still set.</summary>
    public void Abandon() => _sink = null;

    /// <summary>To be called before a record is changed or ended.</summary>
    public void BeforeChange(Record record, int database)
    {
        if (IsRunning && record.Epoch != Epoch)
        {
            HandOver(record, database);
        }
    }

    /// <summary>Keeps a flushed database for the walk.</summary>
    /// <returns>The number its segments have from now on.</returns>
    public int Retain(HashIndex index, int database)
    {
        Debug.Assert(IsRunning && _retained.Count < MostRetained, "nobody needs the flushed database");
        _retained.Add((index, database));
        return FirstRetained + _retained.Count - 1;
    }

    /// <summary>The index of a flushed database, and the number it had.</summary>
    public (HashIndex Index, int Database) RetainedAt(int database) => _retained[database - FirstRetained];

    /// <summary>Goes on with the walk.</summary>
    /// <returns>True when there is none or it is complete.</returns>
    public bool Step(ref int steps)
    {
        while (IsRunning)
        {
            if (steps <= 0)
            {
                return false;
            }

            if (_database < FirstRetained)
            {
                if (StepIndex(items[_database], _database, ref steps))
                {
                    _database++;
                }
            }
            else if (_database - FirstRetained < _retained.Count)
            {
                (HashIndex index, int database) = _retained[_database - FirstRetained];
                if (StepIndex(index, database, ref steps))
                {
                    heap.FreeDatabase(_database);
                    index.Clear();
                    _database++;
                }
            }
            else
            {
                _retained.Clear();
                _sink = null;
                IsRunning = false;
            }
        }

        return true;
    }

    // One bucket with what continues it; true when it was the last.
    private bool StepIndex(HashIndex? index, int database, ref int steps)
    {
        steps--;
        if (index is not { BucketCount: > 0 })
        {
            _cursor = 0;
            return true;
        }

        for (Bucket bucket = index.BucketAt(_cursor); ; bucket = index.Following(bucket))
        {
            for (uint slots = bucket.UsedSlots(); slots != 0; slots &= slots - 1)
            {
                steps--;
                BeforeChange(index.RecordAt(bucket, slots), database);
            }

            if (bucket.Next == 0)
            {
                _cursor = index.NextCursor(_cursor);
                return _cursor == 0;
            }
        }
    }

    private void HandOver(Record record, int database)
    {
        Debug.Assert(record.IsLive, "a dead record belongs to no snapshot");
        record.SetEpoch(Epoch);
        if (_sink is not null && database >= ItemStore.DatabaseCount)
        {
            // What has another key is a collection in the making, and nobody's yet.
            if (record.Key.Length != sizeof(ulong))
            {
                return;
            }

            ulong number = BinaryPrimitives.ReadUInt64BigEndian(record.Key);
            _sink.OnPage(database - ItemStore.DatabaseCount, number, record.Value);
        }
        else if (_sink is not null && !record.IsExpired(_takenAt))
        {
            _sink.OnItem(items.KeyOf(record, database), codec.ViewOf(record, _takenAt));
        }
    }
}
