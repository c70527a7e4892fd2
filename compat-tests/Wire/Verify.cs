using System.Globalization;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;
using SessionGateway.CompatTests.Wire.Generators;

namespace SessionGateway.CompatTests.Wire;

/// <summary>Assertions over conversations.</summary>
internal static class Verify
{
    // 44 seeds are more than 22,000 requests for each protocol.
    private const int Seeds = 44;

    /// <summary>WIRE_SEED starts the generated runs elsewhere, WIRE_SEEDS plays more of them.</summary>
    private static (int First, int Count) SeedRange => (Setting("WIRE_SEED", 1), Setting("WIRE_SEEDS", Seeds));

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
    public static void Generated(IRequestGenerator generator, IDialect dialect, Peer real, Peer other,
        (int First, int Count)? seeds = null)
    {
        string? report = new GeneratedRun(generator, dialect.GeneratedNormalisers).Play(seeds ?? SeedRange,
            seed => new Comparison(dialect, real, other with { Segmentation = Segmentation.Random(seed) }));
        Assert.True(report is null, $"answers differ\n{report}");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
