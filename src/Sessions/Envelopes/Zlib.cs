using System.Buffers;
using System.IO.Compression;

namespace SessionGateway.Sessions.Envelopes;

internal static class Zlib
{
    /// <summary>Decompresses at most <paramref name="limit"/> bytes. Gives null where the input is not zlib or the
    /// result is longer.</summary>
    public static byte[]? Decompress(ReadOnlySpan<byte> input, int limit, out bool tooLong)
    {
        tooLong = false;
        var source = new MemoryStream(input.ToArray(), writable: false);
        using var zlib = new ZLibStream(source, CompressionMode.Decompress);
        var output = new ArrayBufferWriter<byte>(Math.Min(Math.Max(input.Length * 2, 256), Math.Max(limit, 1)));
        try
        {
            while (true)
            {
                int read = zlib.Read(output.GetSpan(1));
                if (read == 0)
                {
                    return output.WrittenSpan.ToArray();
                }

                output.Advance(read);
                if (output.WrittenCount > limit)
                {
                    tooLong = true;
                    return null;
                }
            }
        }
        catch (Exception invalid) when (invalid is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
