using System.Text;
using SessionGateway.Sessions;

namespace SessionGateway.Gateway.SessionTool;

/// <summary>The texts of <c>gateway session --help</c> and <c>gateway session VERB --help</c>.</summary>
internal static class ToolHelp
{
    private const int Width = 100;
    private const int Column = 28;

    /// <summary>All commands.</summary>
    public static string Text()
    {
        var text = new StringBuilder("usage: gateway session COMMAND [OPTION]...\n\n");
        foreach (ToolVerb verb in ToolVerbs.All)
        {
            Add(text, $"{verb.Name} {verb.Operand}", verb.Summary);
        }

        text.Append("\n'gateway session COMMAND --help' has the options.\n");
        AddFormats(text);
        return text.ToString();
    }

    /// <summary>One command.</summary>
    public static string Text(ToolVerb verb)
    {
        var text = new StringBuilder(
            $"usage: gateway session {verb.Name} [OPTION]... {verb.Operand}\n\n{verb.Summary}\n\n");
        foreach (ToolOption option in verb.Options)
        {
            Add(text, $"{option.Name} {option.Value}".TrimEnd(), option.Summary);
        }

        Add(text, "--help", "Prints this.");
        AddFormats(text);
        return text.ToString();
    }

    private static void AddFormats(StringBuilder text) => text.Append("\nformats: ")
        .AppendJoin(", ", SessionFormats.All.Select(format => format.Name)).Append('\n');

    /// <summary>Adds a name and what is said of it.</summary>
    public static void Add(StringBuilder text, string name, string summary)
    {
        string line = $"  {name}".PadRight(Column);
        foreach (string word in summary.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.Append(line.TrimEnd()).Append('\n');
                line = new string(' ', Column);
            }

            line += (line.EndsWith(' ') ? "" : " ") + word;
        }

        text.Append(line).Append('\n');
    }
}
