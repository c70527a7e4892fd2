using System.Text;

namespace SessionGateway.Gateway.Options;

/// <summary>The text of <c>--help</c>.</summary>
internal static class OptionsHelp
{
    private const int Width = 100;
    private const string Indent = "      ";

    /// <summary>The text.</summary>
    public static string Text()
    {
        var text = new StringBuilder("""
            gateway: keeps sessions for memcached (text, binary) and Redis (RESP2, RESP3) clients in one store

            usage: gateway [OPTION]...
                   gateway agent [OPTION]...   keeps nothing and forwards to the primary (--to or --sentinel)
                   gateway session --help      looks at sessions, changes their format
                   gateway import --help       takes keys from Redis, its files, or memcached
                   gateway export --help       writes keys to a file that Redis starts with
                   gateway pair --help         who of a pair is primary; switches, promotes
                   gateway repair DIRECTORY    gives up what follows the first damage of a log


            """);
        foreach (OptionDescriptor option in OptionTable.All)
        {
            Add(text, $"--{option.Name} {option.Value}".TrimEnd(), option.Summary, option.IsSwitch
                ? null
                : $"{option.Range}; default: {option.Default}");
        }

        Add(text, "--config FILE", $"Reads options from this JSON file instead of {OptionsReader.DefaultFile} beside "
            + "the program.", null);
        Add(text, "--help", "Prints this.", null);
        Add(text, "--version", "Prints the version.", null);
        text.Append("""

            Options come from the file, then the environment (--max-value is GATEWAY_MAX_VALUE, lists are
            GATEWAY_LISTEN__0, GATEWAY_LISTEN__1...), then the command line; the later wins.

            """);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string option, string summary, string? values)
    {
        text.Append("  ").Append(option).Append('\n');
        Wrap(text, summary);
        if (values is not null)
        {
            Wrap(text, $"({values})");
        }
    }

    private static void Wrap(StringBuilder text, string sentence)
    {
        string line = Indent;
        foreach (string word in sentence.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line = Indent;
            }

            line += line.Length == Indent.Length ? word : " " + word;
        }

        text.Append(line).Append('\n');
    }
}
