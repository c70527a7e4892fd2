using System.Text;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>Where two servers answered the same conversation differently.</summary>
/// <param name="Conversation">The conversation up to the step that differs.</param>
/// <param name="Left">First server's name and its answer to the last step.</param>
/// <param name="Right">Second server's.</param>
internal sealed record Mismatch(
    Conversation Conversation, (string Name, List<string> Lines) Left, (string Name, List<string> Lines) Right)
{
    private const int LineLimit = 60;

    /// <summary>The first lines that differ; mismatches with the same ones probably have the same cause.</summary>
    public string Gist
    {
        get
        {
            int same = Same;
            return $"{Left.Lines.ElementAtOrDefault(same)} | {Right.Lines.ElementAtOrDefault(same)}";
        }
    }

    /// <summary>One answer is the beginning of the other: the rest may only have been late.</summary>
    public bool MayBeLate => Same == Math.Min(Left.Lines.Count, Right.Lines.Count);

    private int Same => Left.Lines.Zip(Right.Lines).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <summary>A report that can be pasted into a .wire file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (string line in ConversationFile.Print(Conversation))
            text.AppendLine(line);
        int same = Same;
        Append(text, Left, same);
        Append(text, Right, same);
        return text.ToString();
    }

    private static void Append(StringBuilder text, (string Name, List<string> Lines) side, int same)
    {
        int from = Math.Max(0, same - 3);
        text.AppendLine($"--- {side.Name} (from reply line {from + 1}, first difference at {same + 1})");
        foreach (string line in side.Lines.Skip(from).Take(LineLimit))
            text.AppendLine($"< {line}");
    }
}
