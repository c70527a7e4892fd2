using System.Text;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>The first line of a script that says how it wants to be run (redis 7.0 eval.c,
/// evalExtractShebangFlags): <c>#!lua flags=no-writes,allow-oom</c>.</summary>
/// <param name="Length">Bytes of the line without its end; 0 for a script that has none.</param>
/// <param name="IsReadOnly">It asked for commands that write to be refused.</param>
/// <param name="Error">Why it is refused, or null.</param>
internal readonly record struct Shebang(int Length, bool IsReadOnly, string? Error)
{
    private const string FlagsOption = "flags=";

    // What the others ask for is so anyway: there is no cluster, nothing is stale, and a write that does not fit is
    // refused by itself.
    private static readonly string[] Flags =
        ["no-writes", "allow-oom", "allow-stale", "no-cluster", "allow-cross-slot-keys"];

    /// <summary>Reads the first line of a text.</summary>
    public static Shebang Read(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("#!"u8))
        {
            return default;
        }

        int end = text.IndexOf((byte)'\n');
        if (end < 0)
        {
            return Wrong("Invalid script shebang");
        }

        if (!TrySplit(Encoding.Latin1.GetString(text[..end]), out List<string> words))
        {
            return Wrong("Invalid engine in script shebang");
        }

        if (words[0] != "#!lua")
        {
            return Wrong($"Unexpected engine in script shebang: {words[0]}");
        }

        bool isReadOnly = false;
        foreach (string word in words.Skip(1))
        {
            if (!word.StartsWith(FlagsOption, StringComparison.Ordinal))
            {
                return Wrong($"Unknown lua shebang option: {word}");
            }

            string list = word[FlagsOption.Length..];
            foreach (string flag in list.Length == 0 ? [] : list.Split(','))
            {
                if (!Flags.Contains(flag))
                {
                    return Wrong($"Unexpected flag in script shebang: {flag}");
                }

                isReadOnly |= flag == Flags[0];
            }
        }

        return new Shebang(end, isReadOnly, null);
    }

    private static Shebang Wrong(string error) => new(0, false, error);

    // sds.c, sdssplitargs: blanks divide, quotes join; a closing quote must be followed by a blank.
    private static bool TrySplit(string line, out List<string> words)
    {
        words = [];
        int at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
            {
                at++;
            }

            if (at == line.Length)
            {
                return words.Count > 0;
            }

            var word = new StringBuilder();
            while (at < line.Length && !char.IsWhiteSpace(line[at]))
            {
                char quote = line[at++];
                if (quote is not ('"' or '\''))
                {
                    word.Append(quote);
                    continue;
                }

                int close = line.IndexOf(quote, at);
                if (close < 0 || (close + 1 < line.Length && !char.IsWhiteSpace(line[close + 1])))
                {
                    return false;
                }

                word.Append(line, at, close - at);
                at = close + 1;
            }

            words.Add(word.ToString());
        }
    }
}
