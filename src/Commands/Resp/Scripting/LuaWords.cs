using System.Text;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>
/// Writes a Lua text in one way, whatever its layout: words with single blanks, comments and semicolons left out.
/// </summary>
internal static class LuaWords
{
    /// <summary>The words of a text.</summary>
    public static string Normalise(string text)
    {
        var words = new StringBuilder(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (char.IsWhiteSpace(c) || c == ';')
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("--"))
            {
                at = CommentEnd(text, at + 2);
            }
            else
            {
                int end = WordEnd(text, at);
                Append(words, text.AsSpan(at, end - at));
                at = end;
            }
        }

        return words.ToString();
    }

    // -- up to the end of the line, --[[ up to ]]
    private static int CommentEnd(string text, int at)
    {
        bool isLong = text.AsSpan(at).StartsWith("[[");
        int end = text.IndexOf(isLong ? "]]" : "\n", at, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + (isLong ? 2 : 1);
    }

    private static int WordEnd(string text, int at)
    {
        int end = at + 1;
        if (text[at] is '"' or '\'')
        {
            while (end < text.Length && text[end] != text[at])
            {
                end += text[end] == '\\' ? 2 : 1;
            }

            return Math.Min(end + 1, text.Length);
        }

        if (IsWordChar(text[at]))
        {
            while (end < text.Length && IsWordChar(text[end]))
            {
                end++;
            }
        }
        else if (end < text.Length && text[end] == '=' && text[at] is ('=' or '~' or '<' or '>'))
        {
            end++;
        }

        return end;
    }

    private static void Append(StringBuilder words, ReadOnlySpan<char> word)
    {
        if (word[0] is not ('"' or '\''))
        {
            words.Append(word).Append(' ');
            return;
        }

        // Command names are the same in any case; strings with escapes are left alone.
        ReadOnlySpan<char> inner = word.Length > 1 ? word[1..^1] : default;
        bool isName = EndsWith(words, "redis . call ( ");
        string content = inner.ToString();
        words.Append('"').Append(isName ? content.ToLowerInvariant() : content).Append("\" ");
    }

    private static bool EndsWith(StringBuilder words, string end) =>
        words.Length >= end.Length && words.ToString(words.Length - end.Length, end.Length) == end;

    private static bool IsWordChar(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
