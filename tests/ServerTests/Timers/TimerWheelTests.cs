using SessionGateway.Gateway.Timers;
using Xunit;

namespace SessionGateway.ServerTests.Timers;

public sealed class TimerWheelTests
{
    private readonly List<int> _fired = [];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(1_000_000)]
    [InlineData(86_400_000)]
    [InlineData(20L * 365 * 86_400_000)]
    public void A_timer_fires_at_its_millisecond_and_not_before(long after)
    {
        const long start = 123_456;
        var wheel = new TimerWheel(start);
        wheel.Set(Timer(1), start + after);
        if (after > 0)
        {
            wheel.Advance(start + after - 1);
            Assert.Empty(_fired);
        }

        wheel.Advance(start + after);
        Assert.Equal([1], _fired);
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void Timers_of_one_millisecond_fire_in_the_order_in_which_they_were_set()
    {
        var wheel = new TimerWheel();
        wheel.Set(Timer(1), 5000);
        wheel.Advance(3000);
        wheel.Set(Timer(2), 5000);
        wheel.Advance(4990);
        wheel.Set(Timer(3), 5000);
        wheel.Set(Timer(4), 4999);
        wheel.Advance(6000);
        Assert.Equal([4, 1, 2, 3], _fired);
    }

    [Fact]
    public void A_time_that_goes_back_fires_nothing_and_loses_nothing()
    {
        var wheel = new TimerWheel(1000);
        wheel.Set(Timer(1), 1010);
        wheel.Advance(1005);
        wheel.Advance(10);
        Assert.Empty(_fired);
        wheel.Advance(1010);
        Assert.Equal([1], _fired);
    }

    [Fact]
    public void A_timer_that_sets_itself_for_the_past_fires_once_a_millisecond()
    {
        var wheel = new TimerWheel();
        var again = new RecordingTimer(1, _fired, t => wheel.Set(t, 0));
        wheel.Set(again, 10);
        wheel.Advance(12);
        Assert.Equal([1, 1, 1], _fired);
        Assert.Equal(13, again.DueAt);
    }

    [Fact]
    public void A_timer_may_take_out_one_that_would_fire_with_it()
    {
        var wheel = new TimerWheel();
        RecordingTimer second = Timer(2);
        wheel.Set(new RecordingTimer(1, _fired, _ => wheel.Remove(second)), 10);
        wheel.Set(second, 10);
        wheel.Advance(10);
        Assert.Equal([1], _fired);
        Assert.False(second.IsSet);
        Assert.Equal(TimerWheel.Never, wheel.NextAt);
    }

    [Fact]
    public void Setting_again_moves_and_taking_out_twice_is_harmless()
    {
        var wheel = new TimerWheel();
        RecordingTimer timer = Timer(1);
        wheel.Set(timer, 10);
        wheel.Set(timer, 20);
        Assert.Equal(1, wheel.Count);
        wheel.Advance(19);
        Assert.Empty(_fired);
        wheel.Remove(timer);
        wheel.Remove(timer);
        wheel.Advance(30);
        Assert.Empty(_fired);
        Assert.Equal(0, wheel.Count);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 5_000)]
    [InlineData(3, 300_000)]
    [InlineData(4, 100_000_000)]
    public void It_does_what_a_sorted_list_does(int seed, int farthest)
    {
        var random = new Random(seed);
        long now = random.NextInt64(1L << 30);
        var wheel = new TimerWheel(now);
        var naive = new NaiveWheel();
        naive.Advance(now);
        RecordingTimer[] timers = [.. Enumerable.Range(0, 200).Select(Timer)];
        for (int step = 0; step < 20_000; step++)
        {
            RecordingTimer timer = timers[random.Next(timers.Length)];
            switch (random.Next(4))
            {
                case 0 or 1:
                    long dueAt = now - 3 + random.Next(farthest);
                    wheel.Set(timer, dueAt);
                    naive.Set(timer.Number, dueAt);
                    break;
                case 2:
                    wheel.Remove(timer);
                    naive.Remove(timer.Number);
                    break;
                default:
                    // Sometimes to the time that it names, as a loop does, and sometimes anywhere.
                    now = random.Next(2) == 0 && wheel.NextAt != TimerWheel.Never
                        ? Math.Max(now, wheel.NextAt)
                        : now + random.Next(farthest / 20);
                    _fired.Clear();
                    wheel.Advance(now);
                    Assert.Equal(naive.Advance(now), _fired);
                    break;
            }

            Assert.Equal(naive.Count, wheel.Count);
            Assert.True(naive.First is { } first ? wheel.NextAt <= first : wheel.NextAt == TimerWheel.Never);
        }
    }

    [Fact]
    public void Following_the_times_that_it_names_reaches_a_far_deadline_in_few_steps()
    {
        var wheel = new TimerWheel(99);
        wheel.Set(Timer(1), 99 + (40L * 365 * 86_400_000));
        int steps = 0;
        for (; wheel.Count > 0; steps++)
        {
            wheel.Advance(wheel.NextAt);
        }

        Assert.InRange(steps, 1, 7);
    }

    [Fact]
    public void A_million_deadlines_allocate_nothing()
    {
        var wheel = new TimerWheel();
        var random = new Random(7);
        _fired.Capacity = 10_000;
        RecordingTimer[] timers = [.. Enumerable.Range(0, 100).Select(Timer)];
        long now = 0;
        Round(10);
        Assert.Equal(0, Allocations.Least(() => Round(10_000)));

        void Round(int times)
        {
            for (int i = 0; i < times; i++)
            {
                foreach (RecordingTimer timer in timers)
                {
                    wheel.Set(timer, now + random.Next(1_000_000));
                }

                _fired.Clear();
                wheel.Advance(now += 1000);
            }
        }
    }

    private RecordingTimer Timer(int number) => new(number, _fired);
}
