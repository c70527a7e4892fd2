using System.Buffers.Binary;
using SessionGateway.Durability.Checksums;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Durability.Format;

/// <summary>
/// Writes mutations as records: what is before the bytes of key and value. Behind the head (<see cref="RecordHead"/>):
/// kind 1; type (low four bits) and form 1; database (low five bits), 32 = read, 64 = anonymous, 128 = has a time 1;
/// reason or kind of element change 1; then as <see cref="Varint64"/> position behind the segment's previous one, time
/// relative to the segment's (signed), expiry (0 = never, else 1 + relative to the time, signed), cas, flags; for a
/// splice offset, bytes removed, former length; for an element index, count (signed), the 8 bytes of its score, length
/// of its name; length of the key. Then key, name and value. An identical rewrite has no value.
/// </summary>
internal static class RecordEncoder
{
    /// <summary>Most bytes of a record before its key.</summary>
    public const int MostHeadBytes = RecordHead.Bytes + 4 + (11 * Varint64.MostBytes) + sizeof(double);

    /// <summary>Most an item's times may be apart, or from the segment's: a thousand years, the rest is cut.</summary>
    internal const long TimeBit = 128;

    private const int ReadBit = 32;
    private const int AnonymousBit = 64;

    /// <summary>Writes the head of a record.</summary>
    /// <param name="target">At least <see cref="MostHeadBytes"/>.</param>
    /// <param name="mutation">What happened.</param>
    /// <param name="kind">As what it is recorded.</param>
    /// <param name="start">The segment.</param>
    /// <param name="head">First bytes behind the key.</param>
    /// <param name="tail">The other ones.</param>
    /// <returns>Bytes that were written.</returns>
    public static int Write(
        Span<byte> target, in Mutation mutation, RecordKind kind, SegmentStart start, out ReadOnlySpan<byte> head,
        out ReadOnlySpan<byte> tail)
    {
        head = kind switch
        {
            RecordKind.Refreshed => default,
            RecordKind.Spliced => mutation.Inserted,
            _ => mutation.Head,
        };
        tail = kind is RecordKind.Refreshed or RecordKind.Spliced ? default : mutation.Tail;
        int at = RecordHead.Bytes;
        target[at++] = (byte)kind;
        target[at++] = (byte)(((int)mutation.Type & 15) | ((int)mutation.Form << 4));
        target[at++] = (byte)(mutation.Database | (mutation.Marks.WasRead ? ReadBit : 0)
            | (mutation.Marks.IsAnonymous ? AnonymousBit : 0) | (mutation.At != 0 ? (int)TimeBit : 0));
        target[at++] = kind == RecordKind.Element ? (byte)mutation.Element : (byte)mutation.Reason;
        Varint64.WriteSigned(target, mutation.Position - start.PreviousPosition, ref at);
        if (mutation.At != 0)
        {
            Varint64.WriteSigned(target, mutation.At - start.BaseTime, ref at);
        }

        WriteExpiry(target, mutation.ExpiresAt, mutation.At, ref at);
        Varint64.Write(target, mutation.Cas, ref at);
        Varint64.Write(target, mutation.Flags, ref at);
        if (kind == RecordKind.Spliced)
        {
            Varint64.Write(target, (uint)mutation.SpliceOffset, ref at);
            Varint64.Write(target, (uint)mutation.SpliceRemoved, ref at);
            Varint64.Write(target, (uint)mutation.SplicedLength, ref at);
        }
        else if (kind == RecordKind.Element)
        {
            Varint64.WriteSigned(target, mutation.Index, ref at);
            Varint64.WriteSigned(target, mutation.Count, ref at);
            BinaryPrimitives.WriteDoubleLittleEndian(target[at..], mutation.Score);
            at += sizeof(double);
            Varint64.Write(target, (uint)head.Length, ref at);
        }

        Varint64.Write(target, (uint)mutation.Key.Length, ref at);
        int length = at - RecordHead.Bytes + mutation.Key.Length + head.Length + tail.Length;
        uint sum = Crc32C.Append(RecordHead.StartSum(length), target[RecordHead.Bytes..at]);
        sum = Crc32C.Append(Crc32C.Append(Crc32C.Append(sum, mutation.Key), head), tail);
        RecordHead.Write(target, length, sum);
        return at;
    }

    /// <summary>As what a mutation is recorded.</summary>
    public static RecordKind KindOf(MutationKind kind) => kind switch
    {
        MutationKind.Put => RecordKind.Put,
        MutationKind.Refreshed => RecordKind.Refreshed,
        MutationKind.Spliced => RecordKind.Spliced,
        MutationKind.Element => RecordKind.Element,
        MutationKind.ExpiryChanged => RecordKind.ExpiryChanged,
        MutationKind.Accessed => RecordKind.Accessed,
        MutationKind.Removed => RecordKind.Removed,
        MutationKind.Flushed => RecordKind.Flushed,
        MutationKind.GroupBegin => RecordKind.GroupBegin,
        _ => RecordKind.GroupEnd,
    };

    // Never is the shortest; a deadline relative to the time of its write has three bytes instead of six.
    private static void WriteExpiry(Span<byte> target, long expiresAt, long at, ref int place)
    {
        if (expiresAt == 0)
        {
            target[place++] = 0;
            return;
        }

        long apart = expiresAt - at;
        Varint64.Write(target, 1 + ((ulong)(apart << 1) ^ (ulong)(apart >> 63)), ref place);
    }
}
