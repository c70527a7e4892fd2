using SessionGateway.Replication.Stream;
using Xunit;

namespace SessionGateway.UnitTests.Replication;

public sealed class PositionMapTests
{
    private readonly PositionMap _map = new();

    [Fact]
    public void What_was_reached_is_the_last_entry_that_is_not_beyond()
    {
        Assert.Equal(-1, _map.At(100));
        _map.Add(10, 1);
        _map.Add(20, 2);
        _map.Add(20, 3);
        _map.Add(30, 4);
        Assert.Equal([-1, 1, 1, 3, 3, 4, 4], new long[] { 9, 10, 19, 20, 29, 30, 99 }.Select(_map.At));
        _map.Clear();
        Assert.Equal(-1, _map.At(100));
    }

    [Fact]
    public void When_it_is_full_it_tells_later_and_never_too_early_and_the_end_at_once()
    {
        for (long i = 1; i <= 100_000; i++)
        {
            _map.Add(10 * i, i);
            Assert.Equal(i, _map.At(10 * i));
            long asked = i / 2;
            Assert.InRange(_map.At(10 * asked), -1, asked);
        }

        // Half of the entries are those of the last ones, whatever happened before.
        Assert.InRange(_map.At(990_000), 90_000, 99_000);
    }
}
