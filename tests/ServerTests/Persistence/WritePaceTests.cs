using SessionGateway.Gateway.Persistence;
using Xunit;

namespace SessionGateway.ServerTests.Persistence;

public sealed class WritePaceTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(499, 0)]
    [InlineData(500, 1)]
    [InlineData(800, 5)]
    [InlineData(900, 20)]
    [InlineData(2000, 20)]
    public void Loops_rest_the_longer_the_fuller_the_queue_is(long queued, int milliseconds) =>
        Assert.Equal(milliseconds, WritePace.Pause(queued, 1000));
}
