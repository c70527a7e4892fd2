namespace SessionGateway.Bench.Load.Servers;

/// <summary>Reads <c>--peer NAME[/memcached|/resp]=COMMAND</c>.</summary>
internal static class PeerParser
{
    private const string Form = "--peer NAME[/memcached|/resp]=COMMAND with {port} in COMMAND";

    public static ServerSpec Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || !text.Contains("{port}", StringComparison.Ordinal))
            throw new LoadException($"'{text}' is not {Form}");

        string[] name = text[..equals].Split('/');
        Family family = name switch
        {
            [_] or [_, "memcached"] => Family.Memcached,
            [_, "resp"] => Family.Resp,
            _ => throw new LoadException($"'{text}' is not {Form}"),
        };
        string[] words = [.. SplitWords(text[(equals + 1)..])];
        return new ServerSpec(name[0], family, words[0], words[1..], ["--version"]);
    }

    /// <summary>Words parted by blanks; quotation marks keep blanks, or an empty word, together.</summary>
    public static IEnumerable<string> SplitWords(string text)
    {
        string word = "";
        bool any = false;
        char quote = '\0';
        foreach (char c in text)
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
                any = true;
            }
            else if (c == ' ' && quote == '\0')
            {
                if (any)
                    yield return word;
                (word, any) = ("", false);
            }
            else
            {
                word += c;
                any = true;
            }
        }

        if (any)
            yield return word;
    }
}
