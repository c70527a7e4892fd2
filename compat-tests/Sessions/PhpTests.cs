using System.Globalization;
using System.Text;

namespace SessionGateway.CompatTests.Sessions;

public class PhpTests
{
    private static readonly string[] Handlers = ["php", "php_binary", "php_serialize", "igbinary"];

    [Fact]
    public void PHP_reads_what_we_write_of_its_own_vectors_as_the_same_session_in_every_handler()
    {
        var asked = new List<(string Handler, byte[] Bytes)>();
        var cases = new List<string>();
        foreach (string source in Handlers)
        {
            foreach ((string? name, byte[]? bytes) in Payloads.Of(source))
            {
                foreach (string target in Handlers)
                {
                    SessionTree tree = SessionFormats.ByName(source)!.Decode(bytes, Payloads.Limits);
                    bool isWhole = !(source == "igbinary" || target == "igbinary") || !RemovedNumbers(tree);

                    var options = new SessionEncodeOptions { Limits = Payloads.Limits, Omitted = [] };
                    byte[] written = SessionFormats.ByName(target)!.Encode(tree, options);
                    foreach (string omitted in options.Omitted!)
                    {
                        tree.Variables.Remove(omitted);
                        tree.Variables.Remove(long.TryParse(omitted, out long number) ? number : long.MinValue);
                    }

                    // What the target cannot hold, PHP loses too: the reference is the source without it.
                    asked.Add(
                        (source,
                            options.Omitted.Count == 0 && isWhole
                                ? bytes : SessionFormats.ByName(source)!.Encode(tree, options)));
                    asked.Add((target, written));
                    cases.Add($"{source} {name} as {target}");
                }
            }
        }

        IReadOnlyList<PhpAnswer> answers = PhpOracle.Ask(asked);
        Assert.True(cases.Count > 400);
        for (int i = 0; i < cases.Count; i++)
        {
            Assert.True(answers[2 * i].Accepted && answers[2 * i + 1].Accepted, cases[i]);
            Assert.True(answers[2 * i].Value.AsSpan().SequenceEqual(answers[2 * i + 1].Value),
                $"{cases[i]}: {Encoding.Latin1.GetString(answers[2 * i].Value)} is not "
                    + $"{Encoding.Latin1.GetString(answers[2 * i + 1].Value)}");
        }
    }

    [Fact]
    public void PHP_writes_random_sessions_of_ours_with_the_same_bytes()
    {
        var trees = new RandomTree(new Random(20251121), plain: false);
        var sessions = Enumerable.Range(0, 600).Select(_ => trees.Next()).ToList();
        var asked =
            sessions.SelectMany(
                tree => Handlers.Select(handler => (handler, SessionFormats.ByName(handler)!.Encode(tree)))).ToList();
        IReadOnlyList<PhpAnswer> answers = PhpOracle.Ask(asked);
        for (int i = 0; i < asked.Count; i++)
        {
            (string? handler, byte[]? bytes) = asked[i];
            string text = $"{handler}: {Encoding.Latin1.GetString(bytes)}";
            Assert.True(answers[i].Accepted, text);
            byte[]? again = answers[i].Encoded;
            Assert.NotNull(again);

            // igbinary shares all empty arrays, which it does not tell from one array in two places: compared as
            // values.
            Assert.True(handler == "igbinary"
                ? SessionFormats.Igbinary.Encode(SessionFormats.Igbinary.Decode(again)).AsSpan().SequenceEqual(again)
                : bytes.AsSpan().SequenceEqual(again), $"{text}\nPHP: {Encoding.Latin1.GetString(again)}");
        }

        // All four handlers held the same session.
        foreach (PhpAnswer[] values in answers.Chunk(Handlers.Length))
        {
            Assert.All(values, answer => Assert.Equal(values[0].Value, answer.Value));
        }
    }

    [Fact]
    public void PHP_and_we_accept_the_same_of_thousands_of_damaged_sessions_and_read_the_same()
    {
        var random = new Random(4711);
        var damaged = new List<(string Handler, byte[] Bytes)>();
        foreach (string? handler in new[] { "php", "php_binary", "php_serialize" })
        {
            foreach ((string? name, byte[]? bytes) in Payloads.Of(handler))
            {
                // Objects of built-in classes, Serializable and enums depend on what the class accepts.
                if (name is not ("spl" or "serializable_iface" or "enums" or "many_1000" or "big_1m"))
                {
                    damaged.AddRange(Enumerable.Range(0, 60).Select(_ => (handler, Damage(bytes, random))));
                }
            }
        }

        IReadOnlyList<PhpAnswer> answers = PhpOracle.Ask(damaged);
        int accepted = 0;
        var again = new List<(string Handler, byte[] Bytes)>();
        var values = new List<byte[]>();
        for (int i = 0; i < damaged.Count; i++)
        {
            (string? handler, byte[]? bytes) = damaged[i];
            var tree = new SessionTree();
            bool ours = SessionFormats.ByName(handler)!.TryDecode(bytes, tree, Payloads.Limits, out SessionError error);
            if (Excused(handler, bytes, error))
            {
                continue;
            }

            Assert.True(ours == answers[i].Accepted,
                $"{handler}, PHP {answers[i].Accepted}, {error}: {Encoding.Latin1.GetString(bytes)}");
            accepted += ours ? 1 : 0;
            if (ours && !tree.Variables.Any(variable => IsNumberText(variable.Key)))
            {
                again.Add(
                    ("php_serialize",
                        SessionFormats.PhpSerialize.Encode(tree,
                            new SessionEncodeOptions { Limits = Payloads.Limits })));
                values.Add(answers[i].Value);
            }
        }

        Assert.True(accepted > 50, $"{accepted} of {damaged.Count} accepted");
        foreach ((PhpAnswer? answer, byte[]? value) in PhpOracle.Ask(again).Zip(values))
        {
            Assert.True(value.AsSpan().SequenceEqual(answer.Value),
                $"{Encoding.Latin1.GetString(value)}\n{Encoding.Latin1.GetString(answer.Value)}");
        }
    }

    [Fact]
    public void PHP_reads_the_MessagePack_that_we_write_of_plain_values()
    {
        var trees = new RandomTree(new Random(99), plain: true);
        var sessions = Enumerable.Range(0, 200).Select(_ => trees.Next()).ToList();
        IReadOnlyList<PhpAnswer> answers = PhpOracle.Ask(
        [
            .. sessions.Select(tree => ("msgpack", SessionFormats.MessagePack.Encode(tree))),
            .. sessions.Select(tree => ("php_serialize", SessionFormats.PhpSerialize.Encode(tree))),
        ]);
        for (int i = 0; i < sessions.Count; i++)
        {
            Assert.Equal(answers[i + sessions.Count].Value, answers[i].Value);
        }
    }

    [Fact]
    public void References_and_objects_in_every_position_are_written_as_PHP_writes_them()
    {
        var random = new RandomIgbinary(new Random(20261127));
        List<byte[]> sessions =
        [
            Convert.FromHexString("0000000214021101611708737464436c6173731400110162252201"),
            .. Enumerable.Range(0, 3000).Select(_ => random.Next()),
        ];
        IReadOnlyList<PhpAnswer> answers = PhpOracle.Ask([.. sessions.Select(bytes => ("igbinary", bytes))]);
        Assert.Equal("""a:2:{s:1:"a";O:8:"stdClass":0:{}s:1:"b";r:2;}""", Encoding.Latin1.GetString(answers[0].Value));
        Assert.True(answers.Count(answer => answer.Value.AsSpan().IndexOf(";R:"u8) >= 0) > 300);
        Assert.True(answers.Count(answer => answer.Value.AsSpan().IndexOf(";r:"u8) >= 0) > 300);
        for (int i = 0; i < sessions.Count; i++)
        {
            SessionTree tree = SessionFormats.Igbinary.Decode(sessions[i]);
            string session = Convert.ToHexString(sessions[i]);
            Assert.Equal($"{session} {Encoding.Latin1.GetString(answers[i].Value)}",
                $"{session} {Encoding.Latin1.GetString(SessionFormats.PhpSerialize.Encode(tree))}");
            Assert.Equal($"{session} {Convert.ToHexString(answers[i].Encoded!)}",
                $"{session} {Convert.ToHexString(SessionFormats.Igbinary.Encode(tree))}");
        }
    }

    /// <summary>Differences that are meant: we refuse leftovers after the one value of php_serialize, and sessions that
    /// are no array.</summary>
    private static bool Excused(string handler, byte[] bytes, SessionError error) =>
        error.Code is SessionErrorCode.TrailingBytes or SessionErrorCode.NotASession
        || bytes.AsSpan().IndexOf("E:"u8) >= 0 || bytes.AsSpan().IndexOf("C:"u8) >= 0;

    /// <summary>
    /// Variables with a number as name: PHP's igbinary handler writes them and passes over them when it reads,
    /// php_serialize reads them. The bytes hold them either way.
    /// </summary>
    private static bool RemovedNumbers(SessionTree tree)
    {
        var numbers = tree.Variables.Where(entry => entry.Key.IsInteger).Select(entry => entry.Key.Integer).ToList();
        numbers.ForEach(number => tree.Variables.Remove(number));
        return numbers.Count > 0;
    }

    /// <summary>
    /// A name that is the text of a number, from php or php_binary: PHP keeps it as text that $_SESSION[7] does not
    /// find. As an element of an array, where we write it as PHP writes elements, it is the number again.
    /// </summary>
    private static bool IsNumberText(SessionKey key) => !key.IsInteger
        && long.TryParse(key.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        && number.ToString(CultureInfo.InvariantCulture) == key.ToString();

    private static byte[] Damage(byte[] original, Random random)
    {
        List<byte> bytes = original.ToList();
        for (int i = random.Next(1, 3); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)"0123456789:;{}\"sibdaNOrR|-+.E"[random.Next(28)];
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(32, 127));
                    break;
                default:
                    bytes[at] = (byte)(bytes[at] + random.Next(-1, 2));
                    break;
            }
        }

        return [.. bytes];
    }
}
