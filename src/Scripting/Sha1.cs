using System.Buffers.Binary;
using System.Numerics;

namespace SessionGateway.Scripting;

/// <summary>
/// The SHA-1 of a text (RFC 3174), by which clients name scripts; nothing is kept secret or proven by it. Written here
/// because that of the library loads OpenSSL, 6 MB of a process that has use for nothing else of it, and ends the
/// process where there is none (ADR 0027).
/// </summary>
public static class Sha1
{
    /// <summary>Bytes of a hash.</summary>
    public const int Bytes = 20;

    private const int BlockBytes = 64;
    private const int Words = 80;

    // 6.1: the bit that ends the text and its length in bits.
    private const int EndBytes = 1 + sizeof(ulong);

    /// <summary>Computes the hash.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hash">Gets <see cref="Bytes"/> bytes.</param>
    public static void Of(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        Span<uint> state = stackalloc uint[] { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
        Span<uint> words = stackalloc uint[Words];
        ReadOnlySpan<byte> rest = text;
        for (; rest.Length >= BlockBytes; rest = rest[BlockBytes..])
        {
            Add(rest, words, state);
        }

        Span<byte> end = stackalloc byte[2 * BlockBytes];
        end = end[..(rest.Length + EndBytes <= BlockBytes ? BlockBytes : 2 * BlockBytes)];
        end.Clear();
        rest.CopyTo(end);
        end[rest.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(end[^sizeof(ulong)..], 8UL * (uint)text.Length);
        for (; !end.IsEmpty; end = end[BlockBytes..])
        {
            Add(end, words, state);
        }

        for (int i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash[(i * sizeof(uint))..], state[i]);
        }
    }

    // 6.1, "a" to "e": one block.
    private static void Add(ReadOnlySpan<byte> block, Span<uint> words, Span<uint> state)
    {
        for (int i = 0; i < BlockBytes / sizeof(uint); i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        }

        for (int i = BlockBytes / sizeof(uint); i < Words; i++)
        {
            words[i] = BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        }

        (uint a, uint b, uint c, uint d, uint e) = (state[0], state[1], state[2], state[3], state[4]);
        // 5: a function and a constant for every twenty.
        int at = 0;
        for (; at < 20; at++)
        {
            uint next = BitOperations.RotateLeft(a, 5) + (d ^ (b & (c ^ d))) + 0x5a827999 + e + words[at];
            (a, b, c, d, e) = (next, a, BitOperations.RotateLeft(b, 30), c, d);
        }

        for (; at < 40; at++)
        {
            uint next = BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + 0x6ed9eba1 + e + words[at];
            (a, b, c, d, e) = (next, a, BitOperations.RotateLeft(b, 30), c, d);
        }

        for (; at < 60; at++)
        {
            uint next = BitOperations.RotateLeft(a, 5) + ((b & c) | (d & (b | c))) + 0x8f1bbcdc + e + words[at];
            (a, b, c, d, e) = (next, a, BitOperations.RotateLeft(b, 30), c, d);
        }

        for (; at < Words; at++)
        {
            uint next = BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + 0xca62c1d6 + e + words[at];
            (a, b, c, d, e) = (next, a, BitOperations.RotateLeft(b, 30), c, d);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}
