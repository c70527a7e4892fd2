using SessionGateway.Store;
using SessionGateway.Store.Segments;
using SessionGateway.Store.Segments.Index;
using SessionGateway.Store.Segments.Integrity;
using SessionGateway.Store.Segments.Memory;
using Record = SessionGateway.Store.Segments.Records.Record;

namespace SessionGateway.StoreTests.Segments;

/// <summary>The integrity checker sees every kind of damage.</summary>
public sealed unsafe class IntegrityTests : IDisposable
{
    private readonly SegmentItemStore _store = new(64 << 20, 77);
    private readonly ShardParts _shard;
    private readonly int _segment;
    private readonly Record _record;

    public IntegrityTests()
    {
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = BitConverter.GetBytes(i);
            ItemKey key = _store.Key(0, bytes);
            using ShardScope scope = _store.Enter(key, 1000);
            scope.Shard.Put(key, new byte[100], default, new ItemAttributes(0, 5000 + i), 1000, out _);
        }

        _shard = _store.PartsOf(5);
        _segment = _shard.Heap.Segments[0];
        _record = new Record(_shard.Heap.AddressOf(_segment));
        Assert.Equal(3000, _store.CheckIntegrity().Items);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_changed_key() => AssertFound(() => _record.Address[Record.HeaderBytes] ^= 1, "record at");

    [Fact]
    public void A_changed_length() => AssertFound(
        () => _record.Address[0] += 16, DebugGuards.Enabled ? "something wrote over its end" : "no record at");

    [Fact]
    public void A_record_that_ended_without_being_counted() =>
        AssertFound(() => _record.MarkDead(_record.Length), "live bytes");

    [Fact]
    public void An_expiry_that_nobody_will_look_for() => AssertFound(() => _record.SetExpiry(100), "before it is due");

    [Fact]
    public void A_wrong_due_time() =>
        AssertFound(() => _shard.Heap.Info(_segment).Due[0] = long.MaxValue, "before it is due");

    [Fact]
    public void A_wrong_block_start() =>
        AssertFound(() => _shard.Heap.Info(_segment).FirstRecords[0] += 8, "starts elsewhere");

    [Fact]
    public void A_wrong_count_of_live_bytes() => AssertFound(() => _shard.Heap.Info(_segment).Live -= 8, "live bytes");

    [Fact]
    public void A_slot_that_leads_to_nothing() =>
        AssertFound(() => FirstUsedBucket().Free(FirstSlot()), "its key leads elsewhere");

    [Fact]
    public void A_slot_that_leads_to_another_record() =>
        AssertFound(
            () =>
            {
                Bucket bucket = FirstUsedBucket();
                bucket.SetReference(FirstSlot(), bucket.ReferenceAt(FirstSlot()) + 1);
            },
            "its key leads elsewhere");

    [Fact]
    public void A_unit_charged_wrongly() => AssertFound(() => _store.Memory.Budget.Take(4096), "charged");

    [Fact]
    public void A_unit_that_belongs_to_another_shard() =>
        AssertFound(() => _shard.Heap.Info(_segment).Shard++, "someone else");

    [Fact]
    public void A_unit_that_is_lost() => AssertFound(
        () => _store.Memory.Infos[_store.Memory.Pool.Take()].Use = UnitUse.Sealed, "lost");

    [Fact]
    public void A_write_behind_the_end_of_a_value()
    {
        if (DebugGuards.Enabled)
        {
            AssertFound(() => _record.ValueAddress[_record.ValueLength] ^= 1, "wrote over its end");
        }
        else
        {
            Assert.True(_record.IsCanaryIntact());
        }
    }

    private Bucket FirstUsedBucket()
    {
        HashIndex index = _shard.Items[0]!;
        for (uint number = 0; ; number++)
        {
            Bucket bucket = index.BucketAt(number);
            if (!bucket.IsEmpty)
            {
                return bucket;
            }
        }
    }

    private int FirstSlot() => System.Numerics.BitOperations.TrailingZeroCount(FirstUsedBucket().UsedSlots());

    private void AssertFound(Action damage, string message)
    {
        damage();
        IntegrityException found = Assert.Throws<IntegrityException>(() => _store.CheckIntegrity());
        Assert.Contains(message, found.Message);
    }
}
