using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;

namespace SessionGateway.CompatTests.Wire;

/// <summary>The portable transport cuts the bytes at other places than epoll does; answers must be the same.</summary>
public sealed class SocketTransportTests : IClassFixture<MemcachedFixture>, IClassFixture<RedisFixture>, IDisposable
{
    private static readonly int[] Seeds = [.. Enumerable.Range(2000, 8)];

    private readonly MemcachedFixture _memcached;
    private readonly RedisFixture _redis;
    private readonly GatewayServer _gateway = GatewayServer.Start(
        "--transport", "socket", "--client-memory", "600m", "--clients-memory", "1200m");

    public SocketTransportTests(MemcachedFixture memcached, RedisFixture redis)
    {
        _memcached = memcached;
        _redis = redis;
    }

    [Fact]
    public void Memcached_text_is_answered_as_over_epoll() => Verify.Generated(new MemcachedTextGenerator(),
        new MemcachedTextDialect(), _memcached.Real, Gateway(_gateway.AutoPort), Seeds);

    [Fact]
    public void Memcached_binary_is_answered_as_over_epoll() => Verify.Generated(new MemcachedBinaryGenerator(),
        new MemcachedBinaryDialect(), _memcached.Real, Gateway(_gateway.AutoPort), Seeds);

    [Fact]
    public void Resp_is_answered_as_over_epoll() => Verify.Generated(new RespGenerator(),
        new RespDialect(), _redis.Real, Gateway(_gateway.RespPort), Seeds);

    public void Dispose() => _gateway.Dispose();

    private static Peer Gateway(int port) => new("gateway (socket transport)", () => RawConnection.Connect(port));
}
