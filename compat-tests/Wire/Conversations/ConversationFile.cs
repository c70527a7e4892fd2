namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>Reads and writes .wire files; Samples/README.md describes the format.</summary>
internal static class ConversationFile
{
    public const string OnePieceMark = " [one piece]";

    public static List<Conversation> Parse(IEnumerable<string> lines)
    {
        var conversations = new List<Conversation>();
        ConversationBuilder? current = null;
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                if (current is not null)
                    conversations.Add(current.Build());
                current = new ConversationBuilder(line[3..]);
            }
            else if (line.Length > 0 && (current is null || !current.Accept(line)))
            {
                throw new FormatException($"line {number} not understood: {line}");
            }
        }
        if (current is not null)
            conversations.Add(current.Build());
        return conversations;
    }

    public static List<string> Print(Conversation conversation)
    {
        var lines = new List<string>
        {
            $"== {conversation.Title}{(conversation.OnePiece ? OnePieceMark : "")}",
        };
        lines.AddRange(conversation.Comments);
        string connection = ConversationBuilder.FirstConnection;
        foreach (Step step in conversation.Steps)
        {
            if (step.Connection != connection)
                lines.Add($"@ {connection = step.Connection}");
            if (step.Wait > TimeSpan.Zero)
                lines.Add($"~ {step.Wait.TotalMilliseconds:0}");
            if (step.Normalise.Count > 0)
                lines.Add($"% {string.Join(' ', step.Normalise)}");
            lines.AddRange(step.Sends);
            if (step.Open)
                lines.Add("...");
            if (step.HalfClose)
                lines.Add("^");
            if (step.Parks)
                lines.Add("&");
            if (step.Settles)
                lines.Add("=");
            lines.AddRange(step.Expected.Select(reply => $"< {reply}"));
            if (step.Expected.Count == 0)
                lines.Add("--");
        }
        return lines;
    }
}
