using System.Text;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>Bytes for the message of a failed test.</summary>
internal static class Shown
{
    private const int Most = 120;

    /// <summary>The first bytes as Latin-1, control characters as escapes.</summary>
    public static string Bytes(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (byte b in bytes[..Math.Min(Most, bytes.Length)])
        {
            text.Append(b is >= 32 and < 127 ? $"{(char)b}" : $"\\x{b:x2}");
        }

        return text.Append(bytes.Length > Most ? $"\" and {bytes.Length - Most} more" : "\"").ToString();
    }
}
