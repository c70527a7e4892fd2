using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>Compares recorded replies with those of the server under test.</summary>
internal static class Replies
{
    private const byte BinaryReply = 0x81;
    private const int BinaryHeader = 24;
    private const int CasOffset = 16;
    private const int LongestHeader = 80;

    /// <summary>
    /// Fails unless both are the same bytes. Only the cas uniques of binary replies are the server's own: they must be
    /// zero where the recorded one is zero, and not zero where it is not.
    /// </summary>
    /// <param name="recorded">The recorded bytes; of a cut chunk only the beginning.</param>
    /// <param name="length">Length of the recorded reply.</param>
    /// <param name="actual">The server's reply.</param>
    /// <param name="where">Place in the transcript.</param>
    public static void AssertSame(byte[] recorded, int length, byte[] actual, string where) =>
        Assert.True(actual.Length == length && Normal(actual).AsSpan().StartsWith(Normal(Known(recorded, length))),
            $"{where}\nrecorded: {length} bytes {Show(recorded)}\nanswered: {actual.Length} bytes {Show(actual)}");

    /// <summary>
    /// The part of a cut reply that can be compared: the request that stored its value was cut at the same length, but
    /// has the longer header, so the last recorded bytes were never sent.
    /// </summary>
    private static byte[] Known(byte[] recorded, int length) =>
        recorded.Length == length ? recorded : recorded[..^LongestHeader];

    /// <summary>Latin-1 with escapes, cut to a readable length.</summary>
    private static string Show(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (byte b in bytes.AsSpan(0, Math.Min(bytes.Length, 400)))
            text.Append(b is >= 0x20 and < 0x7f ? $"{(char)b}" : $"\\x{b:x2}");
        return text.ToString();
    }

    private static byte[] Normal(byte[] replies)
    {
        if (replies.Length == 0 || replies[0] != BinaryReply)
            return replies;
        byte[] normal = [.. replies];
        for (int at = 0; at + BinaryHeader <= normal.Length;)
        {
            Span<byte> cas = normal.AsSpan(at + CasOffset, 8);
            BinaryPrimitives.WriteUInt64BigEndian(cas, BinaryPrimitives.ReadUInt64BigEndian(cas) == 0 ? 0u : 1u);
            at += BinaryHeader + BinaryPrimitives.ReadInt32BigEndian(normal.AsSpan(at + 8));
        }
        return normal;
    }
}
