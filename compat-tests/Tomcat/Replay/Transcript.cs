using System.Globalization;
using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>
/// A recorded conversation of memcached-session-manager with real servers. One record a line:
/// "MS NODE CONN &gt; LEN BYTES" (client to server), "MS NODE CONN &lt; LEN BYTES" (server to client),
/// "MS NODE CONN open", "MS NODE CONN close", and "MS -- TEXT" for what the driver did. Bytes are printable ASCII or
/// \\ \r \n \xHH; "..." ends a chunk that was cut.
/// </summary>
internal sealed partial class Transcript
{
    private const string CutMark = "...";

    private Transcript(string name, DateTimeOffset recordedAt, IReadOnlyList<TranscriptRecord> records)
    {
        Name = name;
        RecordedAt = recordedAt;
        Records = records;
    }

    /// <summary>File name without extension.</summary>
    public string Name { get; }

    /// <summary>The client's clock at the first record.</summary>
    public DateTimeOffset RecordedAt { get; }

    /// <summary>All records that matter on the wire, in order.</summary>
    public IReadOnlyList<TranscriptRecord> Records { get; }

    /// <summary>The names of all transcripts.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.txt")
        .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "transcripts");

    /// <summary>Reads one transcript.</summary>
    public static Transcript Load(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));
        double start = double.Parse(lines[0]["# t0 ".Length..], CultureInfo.InvariantCulture);
        return new Transcript(name, DateTimeOffset.UnixEpoch.AddSeconds(start),
            [.. lines.Skip(1).Select(Parse).OfType<TranscriptRecord>()]);
    }

    private static TranscriptRecord? Parse(string line)
    {
        if (Chunk().Match(line) is { Success: true } chunk)
        {
            byte[] bytes = Bytes(chunk.Groups["bytes"].Value, int.Parse(chunk.Groups["length"].ValueSpan));
            return new(At(chunk), chunk.Groups["way"].Value == ">" ? RecordKind.Request : RecordKind.Reply,
                chunk.Groups["node"].Value, chunk.Groups["connection"].Value, bytes,
                int.Parse(chunk.Groups["length"].ValueSpan));
        }
        if (Turn().Match(line) is { Success: true } turn)
        {
            return new(At(turn), turn.Groups["what"].Value == "open" ? RecordKind.Open : RecordKind.Close,
                turn.Groups["node"].Value, turn.Groups["connection"].Value, [], 0);
        }
        if (Power().Match(line) is { Success: true } power)
        {
            return new(At(power), power.Groups["what"].Value == "kill" ? RecordKind.Kill : RecordKind.Start,
                power.Groups["node"].Value, "", [], 0);
        }
        return null;
    }

    private static TimeSpan At(Match match) => TimeSpan.FromMilliseconds(int.Parse(match.Groups["at"].ValueSpan));

    // The dots that mark a cut chunk are no bytes of it.
    private static byte[] Bytes(string text, int length)
    {
        byte[] bytes = EscapedBytes.Parse(text);
        return bytes.Length == length ? bytes
            : bytes.Length - CutMark.Length < length && text.EndsWith(CutMark, StringComparison.Ordinal)
                ? bytes[..^CutMark.Length]
            : throw new FormatException($"{length} bytes announced, {bytes.Length} given: {text}");
    }

    [GeneratedRegex(@"^(?<at>\d+) (?<node>\w+) (?<connection>c\d+) (?<way>[<>]) (?<length>\d+) (?<bytes>.*)$")]
    private static partial Regex Chunk();

    [GeneratedRegex(@"^(?<at>\d+) (?<node>\w+) (?<connection>c\d+) (?<what>open|close)")]
    private static partial Regex Turn();

    [GeneratedRegex(@"^(?<at>\d+) -- (?<what>kill|start) (?<node>n\d)$")]
    private static partial Regex Power();
}
