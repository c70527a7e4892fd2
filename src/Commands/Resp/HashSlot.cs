namespace SessionGateway.Commands.Resp;

/// <summary>The slot of a key in a cluster (redis 7 cluster.c, keyHashSlot): CRC16 of XMODEM of the key, or of what is
/// between its first braces.</summary>
internal static class HashSlot
{
    /// <summary>Slots of a cluster.</summary>
    public const int Count = 16384;

    /// <summary>The slot of a key, from 0.</summary>
    public static int Of(ReadOnlySpan<byte> key)
    {
        int open = key.IndexOf((byte)'{');
        int length = open < 0 ? -1 : key[(open + 1)..].IndexOf((byte)'}');
        ReadOnlySpan<byte> hashed = length > 0 ? key.Slice(open + 1, length) : key;
        int crc = 0;
        foreach (byte one in hashed)
        {
            crc ^= one << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        return crc & (Count - 1);
    }
}
