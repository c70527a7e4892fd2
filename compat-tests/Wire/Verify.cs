using System.Globalization;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;
using SessionGateway.CompatTests.Wire.Generators.Scenes;

namespace SessionGateway.CompatTests.Wire;

/// <summary>Assertions over conversations.</summary>
internal static class Verify
{
    // 44 seeds are more than 22,000 requests for each protocol.
    private const int Seeds = 44;

    // Of those this many were never played before.
    private const int FreshSeeds = 1;

    /// <summary>
    /// Known seeds from 1 on and a few fresh ones, which the report of a difference names. WIRE_SEED plays those from
    /// another one on instead, WIRE_SEEDS more of them.
    /// </summary>
    private static IReadOnlyList<int> SeedsOf(int usual)
    {
        if (Setting("WIRE_SEED") is null && Setting("WIRE_SEEDS") is null)
        {
            return
            [
                .. Enumerable.Range(1, usual - FreshSeeds),
                .. Enumerable.Range(0, FreshSeeds).Select(_ => Random.Shared.Next(1_000_000, int.MaxValue)),
            ];
        }

        return [.. Enumerable.Range(Setting("WIRE_SEED") ?? 1, Setting("WIRE_SEEDS") ?? usual)];
    }

    public static void Same(IDialect dialect, Peer real, Peer other, Conversation conversation)
    {
        Mismatch? mismatch = new Comparison(dialect, real, other).Find(conversation);
        Assert.True(mismatch is null, $"answers differ\n{mismatch}");
    }

    public static void SameInPieces(IDialect dialect, Peer real, Peer other, Conversation conversation)
    {
        Segmentation pieces = conversation.OnePiece ? Segmentation.Whole : Segmentation.EachByte;
        Same(dialect, real, other with { Segmentation = pieces }, conversation);
    }

    /// <summary>The answers are those written in the sample, not those of another server.</summary>
    public static void AsWritten(IDialect dialect, Peer peer, Conversation conversation)
    {
        List<List<string>> answers = Comparison.Answers(dialect, peer, conversation);
        List<Step> steps = [.. conversation.Steps.Zip(answers, (step, lines) => step with { Expected = lines })];
        Assert.Equal(ConversationFile.Print(conversation), ConversationFile.Print(conversation with { Steps = steps }));
    }

    /// <summary>Each seed is cut into pieces in its own way on the way to the gateway.</summary>
    /// <param name="generator">Makes up requests.</param>
    /// <param name="dialect">Their protocol.</param>
    /// <param name="real">The real server.</param>
    /// <param name="other">The gateway.</param>
    /// <param name="seeds">Fixed ones.</param>
    /// <param name="usual">How many, unless the environment says otherwise.</param>
    /// <param name="scenes">Of several connections.</param>
    public static void Generated(IRequestGenerator generator, IDialect dialect, Peer real, Peer other,
        IReadOnlyList<int>? seeds = null, int usual = Seeds, params IReadOnlyList<IScene> scenes)
    {
        string? report = new GeneratedRun(generator, dialect.GeneratedNormalisers, scenes).Play(
            seeds ?? SeedsOf(usual),
            seed => new Comparison(dialect, real, other with { Segmentation = Segmentation.Random(seed) }));
        Assert.True(report is null, $"answers differ; WIRE_SEED=n WIRE_SEEDS=1 plays seed n again\n{report}");
    }

    /// <summary>A fresh seed for what a test makes up itself, or WIRE_SEED.</summary>
    public static int OwnSeed() => Setting("WIRE_SEED") ?? Random.Shared.Next();

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value)
            ? value
            : null;
}
