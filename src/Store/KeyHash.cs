using System.Runtime.InteropServices;

namespace SessionGateway.Store;

/// <summary>
/// A keyed 64-bit hash built from 64×64→128-bit multiplications (the family of wyhash and its kin): 40-byte session
/// keys take three multiplications. The seed is secret per process, so keys cannot be chosen to collide.
/// </summary>
internal static class KeyHash
{
    // Odd constants with mixed bits (digits of pi), one per role.
    private const ulong P0 = 0x243F6A8885A308D3;
    private const ulong P1 = 0x13198A2E03707345;
    private const ulong P2 = 0xA4093822299F31D1;

    public static ulong Compute(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong state = seed ^ Mix(seed ^ P0, P1);
        ulong length = (ulong)bytes.Length;
        while (bytes.Length > 16)
        {
            ulong low = MemoryMarshal.Read<ulong>(bytes);
            ulong high = MemoryMarshal.Read<ulong>(bytes[8..]);
            state = Mix(low ^ P1 ^ state, high ^ state);
            bytes = bytes[16..];
        }

        (ulong a, ulong b) = bytes.Length switch
        {
            >= 8 => (MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[^8..])),
            >= 4 => (MemoryMarshal.Read<uint>(bytes), MemoryMarshal.Read<uint>(bytes[^4..])),
            > 0 => (((ulong)bytes[0] << 16) | ((ulong)bytes[bytes.Length >> 1] << 8) | bytes[^1], 0UL),
            _ => (0UL, 0UL),
        };
        return Mix(Mix(a ^ P1, b ^ state) ^ P2 ^ length, state ^ P0);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
