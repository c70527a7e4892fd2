using System.Globalization;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Bytes as recordings write them: printable ASCII and \\ \r \n \xHH.</summary>
public static class EscapedBytes
{
    /// <summary>The bytes of a text.</summary>
    /// <exception cref="FormatException">An escape that is none of these.</exception>
    public static byte[] Parse(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            char kind = text[++i];
            bytes.Add(kind switch
            {
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                '\\' => (byte)'\\',
                'x' => byte.Parse(text.Slice(i + 1, 2), NumberStyles.HexNumber),
                _ => throw new FormatException($"escape \\{kind}"),
            });
            i += kind == 'x' ? 2 : 0;
        }

        return [.. bytes];
    }
}
