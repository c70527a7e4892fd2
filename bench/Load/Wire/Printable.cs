using System.Text;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>Bytes as text for error messages.</summary>
internal static class Printable
{
    private const int MaxBytes = 160;

    public static string Text(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new("'");
        foreach (byte b in bytes[..Math.Min(bytes.Length, MaxBytes)])
            _ = b switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                >= 0x20 and < 0x7f => text.Append((char)b),
                _ => text.Append($"\\x{b:x2}"),
            };
        text.Append('\'');
        return bytes.Length > MaxBytes ? text.Append($" … ({bytes.Length} bytes)").ToString() : text.ToString();
    }
}
