using System.Text;
using SessionGateway.Protocols.Memcached.Binary;

namespace SessionGateway.UnitTests.Protocols.Fuzz;

/// <summary>Reads memcached's binary protocol the slow and obvious way, byte by byte (protocol_binary.h,
/// proto_bin.c).</summary>
internal static class NaiveBinary
{
    private const int Header = 24;
    private const int LongestKey = 250;

    public static string Read(byte[] bytes)
    {
        var text = new StringBuilder();
        long at = 0;
        while (at < bytes.Length)
        {
            byte[] rest = bytes[(int)at..];
            if (rest[0] != 0x80)
            {
                return text.Append($"!{BinaryStatus.Success}").ToString();
            }

            if (rest.Length < Header)
            {
                return text.Append('…').ToString();
            }

            long key = Big(rest, 2, 2), extras = rest[4], body = Big(rest, 8, 4);
            long value = body - key - extras;
            if (value < 0)
            {
                return text.Append($"!{BinaryStatus.UnknownCommand}").ToString();
            }

            if (key > LongestKey)
            {
                return text.Append($"!{BinaryStatus.InvalidArguments}").ToString();
            }

            if (!BinaryFuzzTests.Shapes.TryGetValue(rest[1], out BinaryShape? shape))
            {
                text.Append($"({BinaryStatus.UnknownCommand}  {body})");
                at += Header + body;
                continue;
            }

            if (!Fits(shape, extras, key, value))
            {
                return text.Append($"!{BinaryStatus.InvalidArguments}").ToString();
            }

            bool isTooLarge = value > BinaryFuzzTests.MaxValueBytes;
            if (rest.Length < Header + extras + key + (isTooLarge ? 0 : value))
            {
                return text.Append('…').ToString();
            }

            string name = Of(rest, Header + extras, key);
            text.Append(isTooLarge
                ? $"({BinaryStatus.TooLarge} {name} {value})"
                : $"[{rest[1]} {Big(rest, 12, 4)} {(ulong)Big(rest, 16, 8)} {Of(rest, Header, extras)}|{name}|"
                    + $"{Of(rest, Header + extras + key, value)}]");
            at += Header + body;
        }

        return text.ToString();
    }

    private static bool Fits(BinaryShape shape, long extras, long key, long value)
    {
        bool extrasFit = extras == shape.Extras || shape.MayLackExtras && extras == 0;
        bool keyFits = shape.Key switch { BinaryKey.Needed => key > 0, BinaryKey.None => key == 0, _ => true };
        return extrasFit && keyFits && (shape.HasValue || value == 0);
    }

    private static long Big(byte[] bytes, int at, int count) =>
        bytes.Skip(at).Take(count).Aggregate(0L, (sum, b) => unchecked(sum * 256 + b));

    private static string Of(byte[] bytes, long at, long count) =>
        Encoding.Latin1.GetString(bytes, (int)at, (int)count);
}
