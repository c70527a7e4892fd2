using System.Buffers.Text;
using System.IO.Hashing;

namespace SessionGateway.Commands.Resp.Strings.Conditional;

/// <summary>The digest of a string: XXH3 with 64 bits and without a seed, as 16 hexadecimal digits (redis
/// 8.4).</summary>
internal static class ValueDigest
{
    /// <summary>Length of the text.</summary>
    public const int Digits = 16;

    /// <summary>The digest of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> value) => XxHash3.HashToUInt64(value);

    /// <summary>Reads digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong digest)
    {
        digest = 0;
        return text.Length == Digits && Utf8Parser.TryParse(text, out digest, out int used, 'x') && used == Digits;
    }

    /// <summary>Writes the digits.</summary>
    public static void Format(ulong digest, Span<byte> text) => digest.TryFormat(text, out _, "x16");
}
