using SessionGateway.Gateway.Metrics;
using Xunit;

namespace SessionGateway.ServerTests.Memory;

public sealed class HeapTrimTests
{
    private readonly Heap _heap = new();
    private long _freed;
    private int _trims;

    private HeapTrim Trim() => new(_heap, () => _freed, () => _trims++);

    [Fact]
    public void Garbage_of_a_burst_is_collected_and_what_is_in_use_only_once()
    {
        HeapTrim trim = Trim();
        trim.Look(100_000);
        _heap.Bytes += HeapTrim.SlackBytes;
        trim.Look(101_000);
        Assert.Equal(0, _heap.Marks);
        _heap.Bytes++;
        trim.Look(102_000);
        trim.Look(103_000);
        Assert.Equal((1, 1, 1), (_heap.Marks, _heap.Compactions, _trims));

        _heap.Bytes = _heap.Used = 200 << 20;
        trim.Look(104_000);
        Assert.Equal(1, _heap.Marks);
        trim.Look(102_000 + HeapTrim.LeastMilliseconds);
        Assert.Equal(2, _heap.Marks);
        trim.Look(108_000);
        trim.Look(107_000 + HeapTrim.AgainMilliseconds - 1);
        Assert.Equal(2, _heap.Marks);

        _heap.Bytes = _heap.Used = 5 << 20;
        trim.Look(107_000 + HeapTrim.AgainMilliseconds);
        trim.Look(110_000);
        Assert.Equal((3, 2), (_heap.Marks, _heap.Compactions));
        _heap.Bytes += HeapTrim.SlackBytes + 1;
        trim.Look(108_000 + HeapTrim.AgainMilliseconds + HeapTrim.LeastMilliseconds);
        Assert.Equal(4, _heap.Marks);
    }

    [Fact]
    public void What_closed_connections_left_behind_is_collected_although_the_heap_had_been_larger()
    {
        HeapTrim trim = Trim();
        trim.Look(100_000);
        _freed += HeapTrim.FreedBytes;
        trim.Look(101_000);
        Assert.Equal(0, _heap.Marks);
        _freed++;
        trim.Look(102_000);
        trim.Look(103_000);
        Assert.Equal(1, _heap.Marks);
        _freed += HeapTrim.FreedBytes + 1;
        trim.Look(104_000);
        Assert.Equal(1, _heap.Marks);
        trim.Look(102_000 + HeapTrim.LeastMilliseconds);
        Assert.Equal(2, _heap.Marks);
        trim.Look(200_000);
        trim.Look(300_000);
        Assert.Equal(2, _heap.Marks);
    }

    [Fact]
    public void Nobody_waits_until_a_large_heap_in_use_is_moved_together()
    {
        HeapTrim trim = Trim();
        trim.Look(100_000);
        _heap.Bytes += HeapTrim.SlackBytes + 1;
        _heap.Used = HeapTrim.MostBytesToMove + 1;
        trim.Look(101_000);
        trim.Look(102_000);
        Assert.Equal((1, 0, 1), (_heap.Marks, _heap.Compactions, _trims));
        // When it is gone what it took is given back.
        _heap.Used = HeapTrim.MostBytesToMove;
        _freed += HeapTrim.FreedBytes + 1;
        trim.Look(110_000);
        trim.Look(111_000);
        Assert.Equal((2, 1, 2), (_heap.Marks, _heap.Compactions, _trims));
    }

    [Fact]
    public void What_was_garbage_only_behind_a_look_is_given_back_within_ten_seconds_of_the_close()
    {
        HeapTrim trim = Trim();
        trim.Look(100_000);
        _heap.Bytes = _heap.Used = 200 << 20;
        for (long now = 101_000; now <= 111_000; now += 1000)
        {
            trim.Look(now);
        }

        _freed += HeapTrim.FreedBytes + 1;
        int marks = _heap.Marks;
        long end = 112_000;
        while (_heap.Compactions == 0)
        {
            trim.Look(end);
            // The first look behind the close is one in which the leftovers are still in use.
            _heap.Used = _heap.Marks > marks + 1 ? 5 << 20 : 12 << 20;
            Assert.InRange(end += 1000, 112_000, 121_000);
        }
    }

    [Fact]
    public void What_a_connection_that_stays_has_given_up_is_found_within_a_minute()
    {
        HeapTrim trim = Trim();
        trim.Look(100_000);
        _heap.Bytes = _heap.Used = 200 << 20;
        int marks = 0;
        long last = 0;
        for (long now = 101_000; now < 400_000; now += 1000)
        {
            trim.Look(now);
            if (_heap.Marks > marks)
            {
                Assert.InRange(now - last, HeapTrim.AgainMilliseconds, marks == 0 ? now : HeapTrim.MostMilliseconds);
                marks = _heap.Marks;
                last = now;
            }
        }

        Assert.InRange(marks, 8, 12);
        Assert.Equal(0, _heap.Compactions);
        _heap.Used = 5 << 20;
        trim.Look(last + HeapTrim.MostMilliseconds);
        trim.Look(last + HeapTrim.MostMilliseconds + 1000);
        Assert.Equal(1, _heap.Compactions);
        trim.Look(last + (3 * HeapTrim.MostMilliseconds));
        Assert.Equal(marks + 1, _heap.Marks);
    }

    [Fact]
    public void A_look_for_garbage_that_lasts_is_awaited_without_another_one()
    {
        HeapTrim trim = Trim();
        trim.Look(100_000);
        _heap.Bytes += HeapTrim.SlackBytes + 1;
        _heap.IsMarking = true;
        trim.Look(101_000);
        trim.Look(200_000);
        trim.Look(300_000);
        Assert.Equal((1, 0, 0), (_heap.Marks, _heap.Compactions, _trims));
        _heap.IsMarking = false;
        trim.Look(301_000);
        Assert.Equal((1, 1, 1), (_heap.Marks, _heap.Compactions, _trims));
    }

    private sealed class Heap : IHeap
    {
        public long Bytes { get; set; } = 5 << 20;

        public long Used { get; set; } = 5 << 20;

        public bool IsMarking { get; set; }

        public int Marks { get; private set; }

        public int Compactions { get; private set; }

        public long? Marked => IsMarking ? null : Used;

        public void Mark() => Marks++;

        public void Compact()
        {
            Compactions++;
            Bytes = Used;
        }
    }
}
