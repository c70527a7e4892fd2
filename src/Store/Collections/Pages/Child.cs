using System.Buffers.Binary;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>What an inner page knows about a page below it.</summary>
/// <param name="Number">The page.</param>
/// <param name="Count">Entries in it or below it.</param>
/// <param name="Low">Order of its first entry when it was cut off; entries before it lie in the pages before.</param>
/// <param name="Extra">By score: the first eight bytes of that entry's member. Hashes: the earliest expiry of a field,
/// <see cref="NeverDue"/> without any.</param>
internal readonly record struct Child(ulong Number, long Count, ulong Low, ulong Extra)
{
    /// <summary>No field below has an expiry.</summary>
    public const ulong NeverDue = ulong.MaxValue;

    public static Child Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(from),
        BinaryPrimitives.ReadInt64LittleEndian(from[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(from[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(from[24..]));

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to, Number);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], Count);
        BinaryPrimitives.WriteUInt64LittleEndian(to[16..], Low);
        BinaryPrimitives.WriteUInt64LittleEndian(to[24..], Extra);
    }
}
