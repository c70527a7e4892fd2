using SessionGateway.CompatTests.Tomcat.Nodes;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>The conversations of memcached-session-manager, answered byte for byte as the real servers did.</summary>
public abstract class ReplaySuite<TStack>(SharedNodes<TStack> shared) : IClassFixture<SharedNodes<TStack>>
    where TStack : IStack, new()
{
    /// <summary>Transcripts that need no node of their own and no pauses.</summary>
    public static TheoryData<string> Plain => [.. Transcript.Names.Where(IsPlain)];

    /// <summary>Transcripts in which nodes are killed, or ask for a login, or are Redis.</summary>
    public static TheoryData<string> WithNodesOfTheirOwn => [.. Transcript.Names.Where(NeedsNodes)];

    [Theory]
    [MemberData(nameof(Plain))]
    public void Answers_as_recorded(string name) => Play(name, new ReplayOptions());

    [Theory]
    [MemberData(nameof(Plain))]
    public void Answers_as_recorded_when_requests_come_in_small_pieces(string name) =>
        // Large values keep this from taking long only in larger pieces.
        Play(name, new ReplayOptions(name.Contains("too-large", StringComparison.Ordinal) ? 1009 : 7));

    [Theory]
    [MemberData(nameof(WithNodesOfTheirOwn))]
    public void Answers_as_recorded_with_failover_login_and_redis(string name)
    {
        var stack = new TStack();
        bool login = name.Contains("sasl", StringComparison.Ordinal);
        using var nodes = new NodeSet(() => name.Contains("redis", StringComparison.Ordinal)
            ? stack.StartRedisWithLogin()
            : login ? stack.StartMemcachedWithLogin() : stack.StartMemcached());
        Play(name, nodes, new ReplayOptions());
    }

    [Fact]
    public void All_transcripts_are_played() =>
        Assert.Equal(30, Transcript.Names.Count(IsPlain) + Transcript.Names.Count(NeedsNodes) + PacedReplaySuite.Names);

    private static bool NeedsNodes(string name) =>
        name.Contains("failover", StringComparison.Ordinal) || name.Contains("sasl", StringComparison.Ordinal)
        || name.EndsWith("redis", StringComparison.Ordinal);

    private static bool IsPlain(string name) => !NeedsNodes(name) && !PacedReplaySuite.Needs(name);

    private static void Play(string name, INodeSet nodes, ReplayOptions options)
    {
        using var replay = new TranscriptReplay(Transcript.Load(name), nodes, options);
        Assert.NotEqual(0, replay.Run());
    }

    private void Play(string name, ReplayOptions options) => Play(name, shared.Emptied(), options);
}
