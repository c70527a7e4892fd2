using System.Buffers.Binary;

namespace SessionGateway.Replication.Link;

/// <summary>What a primary of a pair tells its backup within the history, behind what it wrote before. It is for one
/// connection: what comes again over another one is not heard.</summary>
/// <param name="Kind"><see cref="Echo"/>, <see cref="HandedOver"/> or <see cref="Dropped"/>.</param>
/// <param name="Link">The number that the backup gave the connection.</param>
/// <param name="A">First number: of a lease.</param>
/// <param name="B">Second number: an epoch.</param>
public readonly record struct PairMessage(byte Kind, ulong Link, long A = 0, long B = 0)
{
    /// <summary>A lease is granted: its number, and the primary's config epoch.</summary>
    public const byte Echo = 98;

    /// <summary>The primary is primary no more; all of its log lies before this.</summary>
    public const byte HandedOver = 99;

    /// <summary>The primary goes on alone.</summary>
    public const byte Dropped = 100;

    /// <summary>Bytes of the numbers.</summary>
    public const int Bytes = 24;

    /// <summary>Writes the numbers, little-endian.</summary>
    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target, Link);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], A);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], B);
    }

    /// <summary>Reads what a record's body ends with.</summary>
    /// <param name="body">The body, its kind first.</param>
    /// <returns>Null when it cannot be one.</returns>
    public static PairMessage? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length <= Bytes || body[0] is < Echo or > Dropped)
        {
            return null;
        }

        ReadOnlySpan<byte> numbers = body[^Bytes..];
        return new PairMessage(body[0], BinaryPrimitives.ReadUInt64LittleEndian(numbers),
            BinaryPrimitives.ReadInt64LittleEndian(numbers[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(numbers[16..]));
    }
}
