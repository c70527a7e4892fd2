using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>
/// Hash of keys for finding them and for spotting duplicates. Seeded per process: a sender who cannot know the seed
/// cannot choose keys that collide.
/// </summary>
internal static class KeyHash
{
    private static readonly ulong SeedA = SystemBits.Next() | 1;
    private static readonly ulong SeedB = SystemBits.Next() | 1;

    public static uint Of(ReadOnlySpan<byte> key)
    {
        int length = key.Length;
        ulong state = SeedB ^ (ulong)length;
        ReadOnlySpan<byte> rest = key;
        while (rest.Length > 16)
        {
            state = Mix(Load64(rest) ^ SeedA, Load64(rest[8..]) ^ state);
            rest = rest[16..];
        }

        ulong a = 0, b = 0;
        if (rest.Length >= 8)
        {
            a = Load64(rest);
            b = Load64(rest[^8..]);
        }
        else if (rest.Length >= 4)
        {
            a = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            b = BinaryPrimitives.ReadUInt32LittleEndian(rest[^4..]);
        }
        else if (rest.Length > 0)
        {
            a = (uint)((rest[0] << 16) | (rest[rest.Length >> 1] << 8) | rest[^1]);
        }

        return Fold(Mix(a ^ SeedA, b ^ state));
    }

    public static uint Of(long key) => Fold(Mix((ulong)key ^ SeedA, SeedB));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    private static uint Fold(ulong value) => (uint)(value ^ (value >> 32));
}
