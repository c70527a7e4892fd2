using System.Buffers.Binary;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>What an inner page knows about a page below it.</summary>
/// <param name="Number">The page.</param>
/// <param name="Count">Entries in it or below it.</param>
/// <param name="Low">Order of its first entry when it was cut off; entries before it lie in the pages before.</param>
/// <param name="Extra">By score: the first eight bytes of that entry's member. Hashes: half of <see cref="Due"/> and
/// <see cref="Last"/>.</param>
/// <param name="More">Hashes: the rest of them.</param>
internal readonly record struct Child(ulong Number, long Count, ulong Low, ulong Extra, uint More)
{
    /// <summary>Bytes of one in a page: number and count have 48 bits each.</summary>
    public const int Bytes = 32;

    /// <summary>No field below has an expiry; or one has none.</summary>
    public const ulong NeverDue = ulong.MaxValue;

    /// <summary>Where <see cref="Count"/> begins.</summary>
    public const int CountOffset = 6;

    /// <summary>Where <see cref="Low"/> begins.</summary>
    public const int LowOffset = 12;

    private const int ExtraOffset = 20;
    private const int MoreOffset = 28;
    private const int ShortBits = 48;
    private const ulong ShortMask = (1UL << ShortBits) - 1;

    /// <summary>Hashes: no field ends before, <see cref="NeverDue"/> without any that ends.</summary>
    public ulong Due => Long(Extra & ShortMask);

    /// <summary>Hashes: when the last field ends, <see cref="NeverDue"/> when one stays.</summary>
    public ulong Last => Long((Extra >> ShortBits) | ((ulong)More << (64 - ShortBits)));

    /// <summary>The same child with other times.</summary>
    public Child With(ulong due, ulong last)
    {
        ulong latest = Short(last);
        return this with
        {
            Extra = Short(due) | (latest << ShortBits),
            More = (uint)(latest >> (64 - ShortBits)),
        };
    }

    public static Child Read(ReadOnlySpan<byte> from) => new(
        ReadNumber(from),
        ReadCount(from),
        BinaryPrimitives.ReadUInt64LittleEndian(from[LowOffset..]),
        BinaryPrimitives.ReadUInt64LittleEndian(from[ExtraOffset..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[MoreOffset..]));

    /// <summary>Reads only the number.</summary>
    public static ulong ReadNumber(ReadOnlySpan<byte> from) =>
        BinaryPrimitives.ReadUInt64LittleEndian(from) & ShortMask;

    /// <summary>Reads only the count.</summary>
    public static long ReadCount(ReadOnlySpan<byte> from) =>
        (long)(BinaryPrimitives.ReadUInt64LittleEndian(from[(CountOffset - 2)..]) >> 16);

    /// <summary>Writes only the number.</summary>
    public static void WriteNumber(Span<byte> to, ulong number)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)number);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], (ushort)(number >> 32));
    }

    public void Write(Span<byte> to)
    {
        WriteNumber(to, Number);
        WriteNumber(to[CountOffset..], (ulong)Count);
        BinaryPrimitives.WriteUInt64LittleEndian(to[LowOffset..], Low);
        BinaryPrimitives.WriteUInt64LittleEndian(to[ExtraOffset..], Extra);
        BinaryPrimitives.WriteUInt32LittleEndian(to[MoreOffset..], More);
    }

    // What is beyond the year 10888 is told as then.
    private static ulong Short(ulong time) => time == NeverDue ? ShortMask : Math.Min(time, ShortMask - 1);

    private static ulong Long(ulong time) => time == ShortMask ? NeverDue : time;
}
