using System.Runtime.InteropServices;
using SessionGateway.Gateway.Hosting;

namespace SessionGateway.HostTests.Process;

public sealed class SignalWatchTests
{
    [Fact]
    public void A_signal_that_is_sent_twice_at_once_drains_and_a_later_one_ends_the_process()
    {
        var clock = new HandClock();
        int ends = 0;
        using var watch = new SignalWatch(clock, () => ends++);
        watch.OnEnd(PosixSignal.SIGTERM);
        clock.Advance(TimeSpan.FromMilliseconds(200));
        watch.OnEnd(PosixSignal.SIGTERM);
        Assert.Equal(0, ends);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        watch.OnEnd(PosixSignal.SIGINT);
        Assert.Equal(1, ends);
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
