using System.Diagnostics.Metrics;
using SessionGateway.Gateway.Metrics;
using SessionGateway.Store;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests.Memory;

/// <summary>What a listener of the meter reads.</summary>
public sealed class StoreMetricsTests
{
    private const string MeterName = "SessionGateway.StoreMetricsTests";

    private const long Now = 1_750_000_000_000;

    [Fact]
    public void The_meter_shows_what_the_store_counts()
    {
        using var store = new SegmentItemStore(new SegmentStoreOptions
        {
            MemoryLimit = 64 << 20,
            Seed = 1,
            Prefixes = [new PrefixRule("anonymous-"u8.ToArray(), PrefixClass.Anonymous)],
        });
        using var meter = new Meter(MeterName);
        StoreMetrics.AddTo(meter, store);
        Put(store, "anonymous-", 60_000);
        Put(store, "user-", 60_000);
        Put(store, "user-", 1);
        Dictionary<string, double> read = Read();
        Assert.True(store.LostCount(LossReason.Anonymous) > 10_000);
        Assert.True(store.RefusedCount > 10_000);
        Assert.Equal(store.LostCount(LossReason.Anonymous), read["sessions_lost_total reason=anonymous"]);
        Assert.Equal(0, read["sessions_lost_total reason=lru"]);
        Assert.Equal(store.RefusedCount, read["writes_refused_total"]);
        Assert.Equal(0, read["writes_refused_inside_total"]);
        Assert.Equal(2 << 20, read["memory_reserve_bytes"]);
        Assert.Equal(store.ReserveUsedBytes, read["memory_reserve_used_bytes"]);
        Assert.Equal(1, read["writes_skipped_total"]);
        Assert.Equal(store.UsedBytes, read["memory_used_bytes"]);
        Assert.Equal(store.BufferBytes, read["connection_buffer_bytes"]);
        Assert.Equal(64 << 20, read["memory_limit_bytes"]);
        Assert.Equal((int)MemoryPressure.Critical, read["memory_pressure"]);
        Assert.Equal(0, read["compression_saved_bytes_total"]);
        Assert.Equal(0, read["compression_seconds_total"]);
    }

    private static void Put(SegmentItemStore store, string prefix, int count)
    {
        byte[] value = new byte[2048];
        for (int i = 0; i < count; i++)
        {
            ItemKey key = store.Key(0, System.Text.Encoding.ASCII.GetBytes($"{prefix}{i}"));
            using ShardScope scope = store.Enter(key, Now);
            scope.Shard.Put(key, value, default, new ItemAttributes(0, 0), Now, out _);
        }
    }

    private static Dictionary<string, double> Read()
    {
        var read = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == MeterName)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => read[Name(i, tags)] = value);
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => read[Name(i, tags)] = value);
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => read[Name(i, tags)] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Key}={tags[0].Value}";
}
