using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;

namespace SessionGateway.CompatTests.Wire;

public sealed class MemcachedTextTests : IClassFixture<MemcachedFixture>
{
    private static readonly MemcachedTextDialect Dialect = new();
    private readonly MemcachedFixture _servers;

    public MemcachedTextTests(MemcachedFixture servers) => _servers = servers;

    public static TheoryData<string> SampleNames => Samples.Names(Dialect);

    public static TheoryData<string> QuickSampleNames => Samples.QuickNames(Dialect);

    [Fact]
    public void Sample_files_hold_the_replies_of_memcached() => Recording.Check(Dialect, _servers.Real);

    [Theory, MemberData(nameof(SampleNames))]
    public void Gateway_answers_as_memcached(string sample) =>
        Verify.Same(Dialect, _servers.Real, _servers.Gateway, Samples.Get(Dialect, sample));

    [Theory, MemberData(nameof(QuickSampleNames))]
    public void Gateway_answers_the_same_when_bytes_come_one_by_one(string sample) =>
        Verify.SameInPieces(Dialect, _servers.Real, _servers.Gateway, Samples.Get(Dialect, sample));

    [Theory, MemberData(nameof(QuickSampleNames))]
    public void Gateway_answers_the_same_on_a_unix_socket(string sample) =>
        Verify.Same(Dialect, _servers.Real, _servers.GatewayUnix, Samples.Get(Dialect, sample));

    [Fact]
    public void Generated_requests_are_answered_as_by_memcached() =>
        Verify.Generated(new MemcachedTextGenerator(), Dialect, _servers.Real, _servers.Gateway);

    [Fact]
    public void Gateway_answers_in_its_own_way_where_that_is_meant() =>
        Assert.All(Samples.Own(Dialect), sample => Verify.AsWritten(Dialect, _servers.Gateway, sample));
}
