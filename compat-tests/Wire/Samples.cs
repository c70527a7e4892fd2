using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire;

/// <summary>The conversations under Samples/, by "file: title".</summary>
internal static class Samples
{
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(1);

    private static string Root => Path.Combine(Repository.Root, "compat-tests", "Wire", "Samples");

    /// <summary>Names of all conversations of one protocol.</summary>
    public static TheoryData<string> Names(IDialect dialect) => [.. Load(dialect).Select(sample => sample.Key)];

    /// <summary>Names of those that need no pause: waiting for an expiry once is enough.</summary>
    public static TheoryData<string> QuickNames(IDialect dialect, Func<string, bool>? only = null) =>
    [
        .. Load(dialect).Where(sample => sample.Value.Steps.All(step => step.Wait < LongWait))
            .Select(sample => sample.Key).Where(only ?? (_ => true)),
    ];

    public static Conversation Get(IDialect dialect, string name) =>
        Load(dialect).Single(sample => sample.Key == name).Value;

    /// <summary>Conversations in which the gateway answers in its own way on purpose; the files say why.</summary>
    public static IEnumerable<Conversation> Own(IDialect dialect) =>
        Directory.EnumerateFiles(Path.Combine(Root, "own", dialect.Name), "*.wire").Order(StringComparer.Ordinal)
            .SelectMany(file => ConversationFile.Parse(File.ReadLines(file)));

    /// <summary>Files of one protocol.</summary>
    public static IEnumerable<string> Files(IDialect dialect) =>
        Directory.EnumerateFiles(Path.Combine(Root, dialect.Name), "*.wire").Order(StringComparer.Ordinal);

    private static List<KeyValuePair<string, Conversation>> Load(IDialect dialect) =>
    [
        .. Files(dialect).SelectMany(file => ConversationFile.Parse(File.ReadLines(file))
            .Select(one => KeyValuePair.Create($"{Path.GetFileNameWithoutExtension(file)}: {one.Title}", one))),
    ];
}
