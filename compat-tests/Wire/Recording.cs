using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire;

/// <summary>Keeps the replies written in the sample files equal to those of the real server.</summary>
internal static class Recording
{
    /// <summary>
    /// With WIRE_RECORD=1 writes the real server's replies into the files; otherwise fails when a file says something
    /// else.
    /// </summary>
    public static void Check(IDialect dialect, Peer real)
    {
        bool record = Environment.GetEnvironmentVariable("WIRE_RECORD") == "1";
        foreach (string file in Samples.Files(dialect))
        {
            string text = Print(ConversationFile.Parse(File.ReadLines(file))
                .Select(conversation => Answer(dialect, real, conversation)));
            if (record)
                File.WriteAllText(file, text);
            else
                Assert.Equal(text, File.ReadAllText(file));
        }
    }

    private static string Print(IEnumerable<Conversation> conversations) => string.Join('\n',
        conversations.Select(one => string.Join('\n', ConversationFile.Print(one)) + "\n"));

    private static Conversation Answer(IDialect dialect, Peer real, Conversation conversation)
    {
        List<List<string>> answers = Comparison.Answers(dialect, real, conversation);
        return conversation with { Steps = [.. conversation.Steps.Zip(answers, (s, a) => s with { Expected = a })] };
    }
}
