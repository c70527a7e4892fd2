using System.Buffers.Binary;

namespace SessionGateway.Store.Collections.Entries;

/// <summary>
/// One entry of a packed collection or of a leaf:
/// <code>
/// field    varint(length of the field × 2 + 1 with an expiry)  varint(length of the value)  [expiry: 6]  field  value
/// member   varint(length)  member
/// scored   score: 8  varint(length)  member
/// element  varint(length)  element
/// </code>
/// A field with a value of up to 63 bytes has two bytes beside its own, where a listpack of Redis has four.
/// </summary>
internal readonly ref struct Entry
{
    /// <summary>Bytes of a score.</summary>
    public const int ScoreBytes = 8;

    /// <summary>Bytes of a field's expiry.</summary>
    public const int ExpiryBytes = 6;

    private Entry(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, double score, long expiresAt, int length)
    {
        Name = name;
        Value = value;
        Score = score;
        ExpiresAt = expiresAt;
        Length = length;
    }

    /// <summary>The field, the member, or the element.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value of a field.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The score of a member of a sorted set.</summary>
    public double Score { get; }

    /// <summary>Unix milliseconds at which a field ends; 0 = with its hash.</summary>
    public long ExpiresAt { get; }

    /// <summary>The same; <see cref="ulong.MaxValue"/> = with its hash.</summary>
    public ulong EndsAt => ExpiresAt == 0 ? ulong.MaxValue : (ulong)ExpiresAt;

    /// <summary>Bytes of the entry.</summary>
    public int Length { get; }

    /// <summary>Reads the entry at the beginning of some bytes.</summary>
    public static Entry Read(EntryKind kind, ReadOnlySpan<byte> from)
    {
        int at = kind == EntryKind.Scored ? ScoreBytes : 0;
        uint head = Varint.Read(from, ref at);
        if (kind != EntryKind.Field)
        {
            double score = kind == EntryKind.Scored ? BinaryPrimitives.ReadDoubleLittleEndian(from) : 0;
            return new Entry(from.Slice(at, (int)head), default, score, 0, at + (int)head);
        }

        int valueLength = (int)Varint.Read(from, ref at);
        long expiresAt = 0;
        if ((head & 1) != 0)
        {
            expiresAt = ReadExpiry(from[at..]);
            at += ExpiryBytes;
        }

        int nameLength = (int)(head >> 1);
        ReadOnlySpan<byte> name = from.Slice(at, nameLength);
        at += nameLength;
        return new Entry(name, from.Slice(at, valueLength), 0, expiresAt, at + valueLength);
    }

    /// <summary>Bytes that a field needs.</summary>
    public static int SizeOfField(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long expiresAt) =>
        Varint.SizeOf(FieldHead(field, expiresAt)) + Varint.SizeOf((uint)value.Length)
        + (expiresAt == 0 ? 0 : ExpiryBytes) + field.Length + value.Length;

    /// <summary>Writes a field.</summary>
    public static void WriteField(Span<byte> to, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, long expiresAt)
    {
        int at = 0;
        Varint.Write(to, FieldHead(field, expiresAt), ref at);
        Varint.Write(to, (uint)value.Length, ref at);
        if (expiresAt != 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to[at..], (uint)expiresAt);
            BinaryPrimitives.WriteUInt16LittleEndian(to[(at + 4)..], (ushort)(expiresAt >> 32));
            at += ExpiryBytes;
        }

        field.CopyTo(to[at..]);
        value.CopyTo(to[(at + field.Length)..]);
    }

    /// <summary>Bytes that a member of a set or an element of a list needs.</summary>
    public static int SizeOfName(ReadOnlySpan<byte> name) => Varint.SizeOf((uint)name.Length) + name.Length;

    /// <summary>Writes a member of a set or an element of a list.</summary>
    public static void WriteName(Span<byte> to, ReadOnlySpan<byte> name)
    {
        int at = 0;
        Varint.Write(to, (uint)name.Length, ref at);
        name.CopyTo(to[at..]);
    }

    /// <summary>Bytes that a member of a sorted set needs.</summary>
    public static int SizeOfScored(ReadOnlySpan<byte> member) => ScoreBytes + SizeOfName(member);

    /// <summary>Writes a member of a sorted set.</summary>
    public static void WriteScored(Span<byte> to, double score, ReadOnlySpan<byte> member)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(to, score);
        WriteName(to[ScoreBytes..], member);
    }

    /// <summary>True when the field's time is over.</summary>
    public bool IsExpired(long now) => ExpiresAt != 0 && ExpiresAt <= now;

    private static uint FieldHead(ReadOnlySpan<byte> field, long expiresAt) =>
        ((uint)field.Length << 1) | (expiresAt == 0 ? 0u : 1u);

    private static long ReadExpiry(ReadOnlySpan<byte> from) =>
        BinaryPrimitives.ReadUInt32LittleEndian(from)
            | ((long)BinaryPrimitives.ReadUInt16LittleEndian(from[4..]) << 32);
}
