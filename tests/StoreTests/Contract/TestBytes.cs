using System.Runtime.InteropServices;
using System.Text;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Bytes for keys and values.</summary>
public static class TestBytes
{
    /// <summary>The bytes of a text, one per character.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Bytes that look random and are the same for the same numbers (the xorshift64 generator).</summary>
    public static byte[] Pattern(int length, int seed)
    {
        byte[] bytes = new byte[(length + 7) & ~7];
        ulong state = ((ulong)(uint)seed * 0x9E3779B97F4A7C15) + 0x1234567;
        foreach (ref ulong word in MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan()))
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            word = state;
        }

        return bytes.Length == length ? bytes : bytes[..length];
    }
}
