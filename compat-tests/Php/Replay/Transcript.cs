using System.Globalization;
using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Replay;

/// <summary>
/// A recorded conversation of a PHP session handler with memcached or redis-server. Lines: "# ini: NAME=VALUE",
/// "## step TEXT", "#   php: OUTPUT", and "SECONDS cN OPEN | C> BYTES | S> BYTES | CLOSE by C|S". Bytes are printable
/// ASCII or \\ \r \n \xHH; "&lt;...+N bytes>" ends a line that was cut.
/// </summary>
internal sealed partial class Transcript
{
    private Transcript(string name, int lifetime, IReadOnlyList<Exchange> exchanges)
    {
        Name = name;
        Lifetime = lifetime;
        Exchanges = exchanges;
    }

    /// <summary>File name without extension.</summary>
    public string Name { get; }

    /// <summary>session.gc_maxlifetime of the recording, in seconds.</summary>
    public int Lifetime { get; }

    /// <summary>All exchanges in the order in which their requests were sent.</summary>
    public IReadOnlyList<Exchange> Exchanges { get; }

    /// <summary>The names of all transcripts.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.txt")
        .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "transcripts");

    /// <summary>Reads one transcript.</summary>
    public static Transcript Load(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));
        string? lifetime =
            lines.Select(line => LifetimeLine().Match(line)).FirstOrDefault(m => m.Success)?.Groups[1].Value;
        return new Transcript(name, lifetime is null ? 1440 : int.Parse(lifetime), Exchange(lines));
    }

    private static List<Exchange> Exchange(IEnumerable<string> lines)
    {
        var all = new List<Exchange>();
        var open = new Dictionary<string, Exchange>();
        foreach (Match line in lines.Select(line => EventLine().Match(line)).Where(line => line.Success))
        {
            string connection = line.Groups["connection"].Value;
            open.TryGetValue(connection, out Exchange? last);
            switch (line.Groups["what"].Value)
            {
                case "C> ":
                    // memcached refuses a too large value when it has seen its first line: the rest belongs to it.
                    if (last is null || (last.Reply.Count > 0 && new RequestBytes(last.Request).Missing == 0))
                    {
                        double at = double.Parse(line.Groups["at"].ValueSpan, CultureInfo.InvariantCulture);
                        last = new Exchange { At = TimeSpan.FromSeconds(at), Connection = connection };
                        open[connection] = last;
                        all.Add(last);
                    }
                    last.Request.Add(ParseChunk(line.Groups["rest"].Value));
                    break;
                case "S> ":
                    last!.Reply.Add(ParseChunk(line.Groups["rest"].Value));
                    break;
                case "CLOSE by S" when last is not null:
                    last.ServerCloses = true;
                    break;
            }
        }
        return all;
    }

    private static Chunk ParseChunk(string text)
    {
        Match cut = CutMark().Match(text);
        byte[] bytes = EscapedBytes.Parse(cut.Success ? text[..cut.Index] : text);
        return new Chunk(bytes, bytes.Length + (cut.Success ? int.Parse(cut.Groups[1].ValueSpan) : 0));
    }

    [GeneratedRegex(@"^ *(?<at>[\d.]+) (?<connection>c\d+) (?<what>OPEN|C> |S> |CLOSE by [CS])(?<rest>.*)$")]
    private static partial Regex EventLine();

    [GeneratedRegex(@"^# ini: session\.gc_maxlifetime=(\d+)")]
    private static partial Regex LifetimeLine();

    [GeneratedRegex(@" ?<\.\.\.\+(\d+) bytes>$")]
    private static partial Regex CutMark();
}
