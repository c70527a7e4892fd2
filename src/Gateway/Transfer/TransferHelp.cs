using System.Text;
using SessionGateway.Gateway.SessionTool;

namespace SessionGateway.Gateway.Transfer;

/// <summary>The texts of <c>gateway import --help</c> and <c>gateway export --help</c>.</summary>
internal static class TransferHelp
{
    /// <summary>One command.</summary>
    public static string Text(ToolVerb verb)
    {
        var text = new StringBuilder($"usage: gateway {verb.Name} [OPTION]... {verb.Operand}\n\n{verb.Summary}\n\n");
        foreach (ToolOption option in verb.Options)
        {
            ToolHelp.Add(text, $"{option.Name} {option.Value}".TrimEnd(), option.Summary);
        }

        ToolHelp.Add(text, "--help", "Prints this.");
        return text.ToString();
    }
}
