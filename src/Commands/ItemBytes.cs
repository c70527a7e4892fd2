using SessionGateway.Store;

namespace SessionGateway.Commands;

/// <summary>What an item costs, as it is told to those who ask.</summary>
internal static class ItemBytes
{
    // A record's header 26, its place in the index 11, padding to eight bytes 3 or 4 (ADR 0003).
    private const int BookkeepingBytes = 40;

    /// <summary>Bytes of key, value and what is kept beside them.</summary>
    public static int Of(ReadOnlySpan<byte> key, in ItemView item) => key.Length + item.Length + BookkeepingBytes;
}
