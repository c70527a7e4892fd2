using System.Globalization;
using System.Text;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Fuzz;

/// <summary>
/// Damages samples of a corpus and compares what two readers say of them, in pieces of any size. FUZZ_SEED repeats a
/// run, FUZZ_RUNS makes it longer.
/// </summary>
internal sealed class WireFuzz(string corpus, Action<string> print)
{
    private const int UsualRuns = 20_000;

    // Below it the readers' limits for lines without an end do not matter, which depend on how the bytes come.
    private const int MostBytes = 1500;

    private static readonly byte[] Interesting = "\0\r\n\t $*\"'\\-+09:x\x80\xff"u8.ToArray();

    private readonly byte[][] _samples =
        [.. File.ReadAllLines(RepositoryFiles.PathOf($"tests/UnitTests/Protocols/Fuzz/corpus/{corpus}.txt")).Select(
            Parse)];

    /// <summary>The samples as they are, in every cut.</summary>
    public void CompareCorpus(Func<Segments, string> reader, Func<byte[], string> twin)
    {
        Assert.NotEmpty(_samples);
        foreach (byte[] sample in _samples)
        {
            string expected = twin(sample);
            foreach (Segments segments in Segments.Of(Encoding.Latin1.GetString(sample)))
            {
                Same(expected, reader(segments), sample, segments.Lengths, "the corpus");
            }
        }
    }

    /// <summary>Damaged samples, whole and in random pieces.</summary>
    public void CompareDamaged(Func<Segments, string> reader, Func<byte[], string> twin)
    {
        int seed = Number("FUZZ_SEED") ?? Random.Shared.Next();
        int runs = Number("FUZZ_RUNS") ?? UsualRuns;
        print($"{corpus}: seed {seed}, {runs} samples");
        var random = new Random(seed);
        for (int i = 0; i < runs; i++)
        {
            byte[] sample = Damage(random);
            string expected = twin(sample);
            int[] cuts = [.. Enumerable.Range(1, Math.Max(0, sample.Length - 1)).Where(_ => random.Next(8) == 0)];
            string where = $"seed {seed}, sample {i}";
            Same(expected, reader(new Segments("whole", sample, [])), sample, [], where);
            Same(expected, reader(new Segments("pieces", sample, cuts)), sample, cuts, where);
        }
    }

    private static void Same(string expected, string actual, byte[] sample, int[] cuts, string where)
    {
        if (expected != actual)
        {
            Assert.Fail($"{where}: {Shown(sample)}\ncut at {string.Join(' ', cuts)}\n"
                + $"slow parser: {Shown(Encoding.Latin1.GetBytes(expected))}\nreader:      "
                + $"{Shown(Encoding.Latin1.GetBytes(actual))}");
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number)
            ? number : null;

    private byte[] Damage(Random random)
    {
        List<byte> bytes = [.. Any(random)];
        for (int i = random.Next(5); i >= 0; i--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = Interesting[random.Next(Interesting.Length)];
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)(bytes[at] + random.Next(-2, 3));
                    break;
                case 2:
                    bytes.Insert(at, Interesting[random.Next(Interesting.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 5:
                    byte[] other = Any(random);
                    int from = random.Next(other.Length);
                    bytes.InsertRange(at, other.Skip(from).Take(random.Next(1, 40)));
                    break;
                default:
                    bytes.AddRange(Any(random));
                    break;
            }
        }

        return [.. bytes.Take(MostBytes)];
    }

    private byte[] Any(Random random) => _samples[random.Next(_samples.Length)];

    private static byte[] Parse(string line)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                bytes.Add((byte)line[i]);
                continue;
            }

            char kind = line[++i];
            bytes.Add(kind switch
            {
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                't' => (byte)'\t',
                'x' => Convert.FromHexString(line.AsSpan(i + 1, 2))[0],
                _ => (byte)kind,
            });
            i += kind == 'x' ? 2 : 0;
        }

        return [.. bytes];
    }

    // As the corpus writes it, so that a finding can be added there.
    private static string Shown(byte[] bytes) => string.Concat(bytes.Select(b => b switch
    {
        (byte)'\r' => "\\r",
        (byte)'\n' => "\\n",
        (byte)'\\' => "\\\\",
        < 0x20 or > 0x7e => $"\\x{b:x2}",
        _ => $"{(char)b}",
    }));
}
