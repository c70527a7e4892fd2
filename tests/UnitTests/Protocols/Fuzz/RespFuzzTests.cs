using SessionGateway.Protocols.Resp;
using SessionGateway.UnitTests.Protocols.Resp;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Protocols.Fuzz;

/// <summary>Arrays and inline requests beside the slow parser.</summary>
public sealed class RespFuzzTests(ITestOutputHelper output)
{
    private static readonly RespLimits Usual = new(MaxArguments: 2000, MaxBulkBytes: 30_000, IsAuthenticated: true);

    private readonly WireFuzz _fuzz = new("resp", output.WriteLine);

    public static TheoryData<bool> Logins => [true, false];

    [Theory, MemberData(nameof(Logins))]
    public void The_corpus_is_read_as_the_slow_parser_reads_it(bool isLoggedIn) =>
        _fuzz.CompareCorpus(segments => Read(segments, isLoggedIn), bytes => ReadSlowly(bytes, isLoggedIn));

    [Theory, MemberData(nameof(Logins))]
    public void Damaged_requests_are_read_as_the_slow_parser_reads_them(bool isLoggedIn) =>
        _fuzz.CompareDamaged(segments => Read(segments, isLoggedIn), bytes => ReadSlowly(bytes, isLoggedIn));

    [Fact]
    public void A_difference_is_found() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(
        () =>
            _fuzz.CompareDamaged(segments => Read(segments, isLoggedIn: true),
                bytes => ReadSlowly(bytes, isLoggedIn: false)));

    private static string Read(Segments segments, bool isLoggedIn) =>
        RequestText.Read(segments, Usual with { IsAuthenticated = isLoggedIn });

    private static string ReadSlowly(byte[] bytes, bool isLoggedIn) =>
        NaiveResp.Read(bytes, Usual with { IsAuthenticated = isLoggedIn });
}
