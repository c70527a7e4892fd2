using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;
using SessionGateway.CompatTests.Wire.Generators.Scenes;

namespace SessionGateway.CompatTests.Wire;

public sealed class RespTests : IClassFixture<RedisFixture>
{
    // A part of each test run; WIRE_SEEDS makes a long one of it.
    private const int FewSeeds = 6;

    private static readonly RespDialect Dialect = new();
    private readonly RedisFixture _servers;

    public RespTests(RedisFixture servers) => _servers = servers;

    public static TheoryData<string> SampleNames => Samples.Names(Dialect);

    public static TheoryData<string> QuickSampleNames => Samples.QuickNames(Dialect);

    // Letters on the auto port mean memcached text.
    public static TheoryData<string> SampleNamesWithoutInlineCommands =>
        Samples.QuickNames(Dialect, name => !name.StartsWith("inline", StringComparison.Ordinal));

    [Fact]
    public void Sample_files_hold_the_replies_of_redis() => Recording.Check(Dialect, _servers.Real);

    [Theory, MemberData(nameof(SampleNames))]
    public void Gateway_answers_as_redis(string sample) =>
        Verify.Same(Dialect, _servers.Real, _servers.Gateway, Samples.Get(Dialect, sample));

    [Theory, MemberData(nameof(QuickSampleNames))]
    public void Gateway_answers_the_same_when_bytes_come_one_by_one(string sample) =>
        Verify.SameInPieces(Dialect, _servers.Real, _servers.Gateway, Samples.Get(Dialect, sample));

    [Theory, MemberData(nameof(SampleNamesWithoutInlineCommands))]
    public void Gateway_answers_the_same_on_the_port_of_all_protocols(string sample) =>
        Verify.Same(Dialect, _servers.Real, _servers.GatewayAuto, Samples.Get(Dialect, sample));

    [Fact]
    public void Generated_requests_are_answered_as_by_redis() =>
        Verify.Generated(new RespGenerator(), Dialect, _servers.Real, _servers.Gateway);

    [Fact]
    public void Generated_requests_of_hashes_are_answered_as_by_redis() =>
        Verify.Generated(new HashGenerator(), Dialect, _servers.Real, _servers.Gateway);

    [Fact]
    public void Generated_requests_of_sets_are_answered_as_by_redis() =>
        Verify.Generated(new SetGenerator(), Dialect, _servers.Real, _servers.Gateway);

    [Fact]
    public void Generated_requests_of_sorted_sets_are_answered_as_by_redis() =>
        Verify.Generated(new SortedSetGenerator(), Dialect, _servers.Real, _servers.Gateway);

    [Fact]
    public void Generated_requests_of_bits_are_answered_as_by_redis() =>
        Verify.Generated(new BitGenerator(), Dialect, _servers.Real, _servers.Gateway, usual: FewSeeds);

    [Fact]
    public void Generated_requests_of_keys_and_the_server_are_answered_as_by_redis()
    {
        var requests = new ServerGenerator();
        Verify.Generated(
            requests, Dialect, _servers.Real, _servers.Gateway, usual: FewSeeds,
            scenes: new TransactionScene(requests));
    }

    [Fact]
    public void Generated_requests_of_lists_are_answered_as_by_redis() =>
        Verify.Generated(new ListGenerator(), Dialect, _servers.Real, _servers.Gateway);

    [Fact]
    public void Generated_requests_of_large_collections_are_answered_as_by_redis() =>
        Verify.Generated(new LargeGenerator(), Dialect, _servers.Real, _servers.Gateway, usual: FewSeeds);

    [Fact]
    public void Generated_requests_of_all_families_and_scenes_of_several_connections_are_answered_as_by_redis()
    {
        var requests = new MixedGenerator();
        Verify.Generated(
            requests, Dialect, _servers.Real, _servers.Gateway, usual: FewSeeds, scenes: Scenes(requests));
    }

    internal static IReadOnlyList<IScene> Scenes(IRequestGenerator requests) =>
    [
        new TransactionScene(requests), new WaitingScene(), new MessageScene(), new EventScene(requests),
        new EndingScene(),
    ];
}
