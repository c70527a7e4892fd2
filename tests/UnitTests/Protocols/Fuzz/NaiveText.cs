using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.UnitTests.Protocols.Fuzz;

/// <summary>
/// Reads memcached's text protocol the slow and obvious way: strings, lists of words and numbers of any size
/// (memcached doc/protocol.txt, proto_text.c, util.c).
/// </summary>
internal static partial class NaiveText
{
    private const int LongestKey = 250;
    private static readonly BigInteger Two32 = BigInteger.Pow(2, 32);
    private static readonly BigInteger Two63 = BigInteger.Pow(2, 63);
    private static readonly BigInteger Two64 = BigInteger.Pow(2, 64);

    public static string Read(byte[] bytes)
    {
        string input = Encoding.Latin1.GetString(bytes);
        var text = new StringBuilder();
        while (input.Length > 0)
        {
            int end = input.IndexOf('\n');
            if (end < 0)
            {
                return text.Append('…').ToString();
            }

            string line = input[..end];
            line = line.Length > 1 && line.EndsWith('\r') ? line[..^1] : line;
            string behind = input[(end + 1)..];
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string verb = words.FirstOrDefault("");
            Reading reading = verb switch
            {
                "set" or "add" or "replace" or "append" or "prepend" => Storage(line, words, behind, hasUnique: false),
                "cas" => Storage(line, words, behind, hasUnique: true),
                "incr" or "decr" or "touch" => Key(words),
                _ => new Reading($"[{verb} {line}]", 0),
            };
            text.Append(reading.Found);
            if (reading.Taken == Reading.End)
            {
                return text.ToString();
            }

            if (reading.Taken == Reading.Short)
            {
                return text.Append('…').ToString();
            }

            input = reading.Taken < behind.Length ? behind[(int)reading.Taken..] : "";
        }

        return text.ToString();
    }

    private static Reading Storage(string line, string[] words, string behind, bool hasUnique)
    {
        int usual = hasUnique ? 6 : 5;
        if (words.Length < usual || words.Length > usual + 1)
        {
            return Refused(TextError.Request, "", line, words, hasUnique);
        }

        string quiet = words[^1] == "noreply" ? " quiet" : "";
        BigInteger? flags = Unsigned(words[2]);
        BigInteger? exptime = Signed(words[3]);
        BigInteger? length = Length(words[4]);
        BigInteger? unique = hasUnique ? Unsigned(words[5]) : 0;
        if (words[1].Length > LongestKey || flags is null || exptime is null || length is null || unique is null)
        {
            return Refused(TextError.Format, quiet, line, words, hasUnique);
        }

        int bytes = (int)length;
        if (bytes > TextFuzzTests.MaxValueBytes)
        {
            return new Reading($"({TextError.TooLarge}{quiet} {bytes + 2})", bytes + 2L);
        }

        if (behind.Length < bytes + 2)
        {
            return new Reading("", Reading.Short);
        }

        return behind.Substring(bytes, 2) == "\r\n"
            ? new Reading(
                $"[{words[0]} {words[1]} {flags % Two32} {Exptime(exptime.Value)} {unique}{quiet} {behind[..bytes]}]",
                bytes + 2)
            : new Reading($"({TextError.Chunk}{quiet} 0)", bytes + 2);
    }

    // The block behind a refused line goes with it, when the line says how long it is; when two readings of the line
    // give two lengths, nothing behind it can be trusted.
    private static Reading Refused(TextError error, string quiet, string line, string[] words, bool hasUnique)
    {
        int usual = hasUnique ? 6 : 5;
        bool endsQuietly = words.Length > 5 && words[^1] == "noreply"
            && line.EndsWith("noreply", StringComparison.Ordinal);
        string[] meant = endsQuietly ? words[..^1] : words;
        BigInteger? length = words.Length > 4 ? Length(words[4]) : null;
        if (meant.Length > usual)
        {
            string[] last = words[(meant.Length - usual + 2)..];
            BigInteger? other = last.Length > 2 ? Length(last[2]) : null;
            bool isGood = other is not null && Unsigned(last[0]) is not null && Signed(last[1]) is not null
                && (!hasUnique || last.Length > 3 && Unsigned(last[3]) is not null);
            if (isGood && other != length)
            {
                return new Reading($"!{error}", Reading.End);
            }
        }

        BigInteger skipped = length is null ? 0 : length.Value + 2;
        return new Reading($"({error}{quiet} {skipped})", (long)skipped);
    }

    private static Reading Key(string[] words)
    {
        if (words.Length is < 3 or > 4)
        {
            return new Reading($"({TextError.Request} 0)", 0);
        }

        string quiet = words[^1] == "noreply" ? " quiet" : "";
        return words[1].Length > LongestKey
            ? new Reading($"({TextError.Format}{quiet} 0)", 0)
            : new Reading($"[{words[0]} {words[1]} {words[2]}{quiet}]", 0);
    }

    // The low 32 bits, signed; but a time between 2038 and thirty days before 2106 stays one.
    private static BigInteger Exptime(BigInteger number)
    {
        if (number > int.MaxValue && number < Two32 - (30 * 24 * 3600))
        {
            return number;
        }

        return Low32(number);
    }

    private static BigInteger Low32(BigInteger number)
    {
        BigInteger low = ((number % Two32) + Two32) % Two32;
        return low > int.MaxValue ? low - Two32 : low;
    }

    private static BigInteger? Length(string word) =>
        Signed(word) is { } number && Low32(number) is var low && low >= 0 && low <= int.MaxValue - 2 ? low : null;

    private static BigInteger? Signed(string word) =>
        Number(word) is { } number && number >= -Two63 && number < Two63 ? number : null;

    // strtoull takes negative numbers and wraps them; memcached refuses those whose result looks negative.
    private static BigInteger? Unsigned(string word)
    {
        if (Number(word) is not { } number || BigInteger.Abs(number) >= Two64)
        {
            return null;
        }

        BigInteger wrapped = ((number % Two64) + Two64) % Two64;
        return wrapped >= Two63 && word.Contains('-') ? null : wrapped;
    }

    private static BigInteger? Number(string word) =>
        DecimalNumber().Match(word) is { Success: true } match
            ? BigInteger.Parse(match.Groups[2].Value) * (match.Groups[1].Value == "-" ? -1 : 1)
            : null;

    [GeneratedRegex(@"\A[\x09-\x0d ]*([+-]?)([0-9]+)(?:\z|[\0\x09-\x0d ])")]
    private static partial Regex DecimalNumber();

    /// <summary>What was found and how many bytes behind the line went with it.</summary>
    private sealed record Reading(string Found, long Taken)
    {
        public const long Short = -1;
        public const long End = -2;
    }
}
