using System.Text;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>
/// Writes a Lua text in one way, whatever its layout: words with single blanks, comments and semicolons left out, local
/// variables numbered in the order in which they are declared.
/// </summary>
internal sealed class LuaWords
{
    private readonly StringBuilder _words;
    private readonly Dictionary<string, int> _locals = new(StringComparer.Ordinal);
    private int _localCount;

    private LuaWords(int length) => _words = new StringBuilder(length);

    /// <summary>The words of a text.</summary>
    public static string Normalise(string text)
    {
        var words = new LuaWords(text.Length);
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
                words.Append(text.AsSpan(at, end - at));
                at = end;
            }
        }

        return words._words.ToString();
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

    private void Append(ReadOnlySpan<char> word)
    {
        if (word[0] is '"' or '\'')
        {
            // Command names are the same in any case; strings with escapes are left alone.
            ReadOnlySpan<char> inner = word.Length > 1 ? word[1..^1] : default;
            string content = inner.ToString();
            bool isName = EndsWith("redis . call ( ");
            _words.Append('"').Append(isName ? content.ToLowerInvariant() : content).Append("\" ");
        }
        else if (IsWordChar(word[0]) && NumberOf(word.ToString()) is > 0 and int number)
        {
            // No name in Lua has this character, so a text cannot name a variable like that itself.
            _words.Append('@').Append(number).Append(' ');
        }
        else
        {
            _words.Append(word).Append(' ');
        }
    }

    // The number of a local variable, 0 for other names. A name behind a dot is that of a field.
    private int NumberOf(string name)
    {
        if (EndsWith(" local ") || _words.Length == "local ".Length && EndsWith("local "))
        {
            _locals[name] = ++_localCount;
        }

        return EndsWith(". ") ? 0 : _locals.GetValueOrDefault(name);
    }

    private bool EndsWith(string end) =>
        _words.Length >= end.Length && _words.ToString(_words.Length - end.Length, end.Length) == end;

    private static bool IsWordChar(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
