using System.Buffers.Binary;

namespace SessionGateway.Store.Segments.Index;

/// <summary>Numbers read with their bits in reversed order, as cursors count.</summary>
internal static class ReversedBits
{
    public static ulong Of(ulong v)
    {
        v = ((v >> 1) & 0x5555555555555555) | ((v & 0x5555555555555555) << 1);
        v = ((v >> 2) & 0x3333333333333333) | ((v & 0x3333333333333333) << 2);
        v = ((v >> 4) & 0x0F0F0F0F0F0F0F0F) | ((v & 0x0F0F0F0F0F0F0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(v);
    }
}
