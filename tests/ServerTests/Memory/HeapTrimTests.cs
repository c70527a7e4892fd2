using SessionGateway.Gateway.Metrics;
using Xunit;

namespace SessionGateway.ServerTests.Memory;

public sealed class HeapTrimTests
{
    private long _heap = 5 << 20;
    private long _live = 5 << 20;
    private int _collections;

    [Fact]
    public void Garbage_of_a_burst_is_collected_and_what_is_in_use_only_once()
    {
        var trim = new HeapTrim(() => _heap, () => 0, () =>
        {
            _collections++;
            _heap = _live;
        });
        trim.Look(100_000);
        _heap += HeapTrim.SlackBytes;
        trim.Look(101_000);
        Assert.Equal(0, _collections);
        _heap++;
        trim.Look(102_000);
        Assert.Equal(1, _collections);

        _heap = _live = 200 << 20;
        trim.Look(103_000);
        Assert.Equal(1, _collections);
        trim.Look(102_000 + HeapTrim.LeastMilliseconds);
        Assert.Equal(2, _collections);
        trim.Look(200_000);
        Assert.Equal(2, _collections);

        _heap = _live = 5 << 20;
        trim.Look(201_000);
        _heap += HeapTrim.SlackBytes + 1;
        trim.Look(300_000);
        Assert.Equal(3, _collections);
    }

    [Fact]
    public void What_closed_connections_left_behind_is_collected_although_the_heap_had_been_larger()
    {
        long freed = 0;
        var trim = new HeapTrim(() => _heap, () => freed, () => _collections++);
        trim.Look(100_000);
        freed += HeapTrim.FreedBytes;
        trim.Look(101_000);
        Assert.Equal(0, _collections);
        freed++;
        trim.Look(102_000);
        Assert.Equal(1, _collections);
        freed += HeapTrim.FreedBytes + 1;
        trim.Look(103_000);
        Assert.Equal(1, _collections);
        trim.Look(102_000 + HeapTrim.LeastMilliseconds);
        Assert.Equal(2, _collections);
        trim.Look(200_000);
        Assert.Equal(2, _collections);
    }
}
