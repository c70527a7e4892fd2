using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>RESTORE of what redis dumped, whole and damaged, with every option, and DUMP of small keys.</summary>
internal sealed class RestoreGenerator : IRequestGenerator
{
    private const int LongestPayload = 400;

    private readonly string[] _payloads =
    [
        .. Samples.Files(new RespDialect()).Where(file => file.EndsWith("dump.wire", StringComparison.Ordinal))
            .SelectMany(file => ConversationFile.Parse(File.ReadLines(file))).SelectMany(one => one.Steps)
            .SelectMany(step => step.Expected).Where(line => line.Length is > 20 and < LongestPayload)
            .Where(line => line.StartsWith("$\"", StringComparison.Ordinal)).Select(line => line[2..^1]),
    ];

    public string Next(Random random) => "> " + random.Weighted(
        (6, () => $"RESTORE {Key(random)} {Ttl(random)} \"{random.Of(_payloads)}\"{Options(random)}"),
        (2, () => $"RESTORE {Key(random)} 0 \"{Damaged(random)}\" REPLACE"),
        (1, () => $"RESTORE {Key(random)} {random.Of("", "0", "0 \"\"", "0 abc", "0 abcdefghijklmnop")}"),
        (4, () => $"DUMP {Key(random)}"),
        (2, () => $"OBJECT ENCODING {Key(random)}"),
        (2, () => $"TYPE {Key(random)}"),
        (1, () => $"{random.Of("PEXPIRETIME", "PERSIST", "DEL")} {Key(random)}"));

    public bool MayFollow(string line, IReadOnlyList<string> before) => true;

    /// <summary>What is dumped goes by the order of a set, which is each server's own: <see cref="DumpTests"/> moves
    /// it.</summary>
    public string? NormaliserOf(string line) =>
        line.StartsWith("> DUMP", StringComparison.Ordinal) ? "random" : null;

    public string NextBreaking(Random random) => "> QUIT";

    // The last byte may be the last digit of an escape: both are changed to a digit.
    private string Damaged(Random random)
    {
        string payload = random.Of(_payloads);
        return random.Next(3) switch
        {
            0 => payload + "x",
            1 => "x" + payload,
            _ => payload[^2] != '\\' && char.IsAsciiLetterOrDigit(payload[^1])
                ? payload[..^1] + (payload[^1] == 'a' ? 'b' : 'a') : "x",
        };
    }

    private static string Ttl(Random random) =>
        random.Of("0", "0", "0", "777000000", "-1", "abc", "4102444800123 ABSTTL", "1000 ABSTTL", "\"\"");

    private static string Options(Random random)
    {
        string options = "";
        for (int count = random.Of(0, 1, 1, 2, 3); count > 0; count--)
        {
            options += " " + random.Of(
                "REPLACE", "replace", "IDLETIME 5", "IDLETIME -1", "FREQ 5", "FREQ 256", "FREQ x", "IDLETIME", "FOO");
        }

        return options;
    }

    private static string Key(Random random) => $"r{random.Next(4)}";
}
