using System.Buffers.Binary;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Durability.Format;

/// <summary>Reads the bodies of records, as <see cref="RecordEncoder"/> writes them. Whatever the bytes are, it does
/// not throw.</summary>
internal static class RecordDecoder
{
    /// <summary>Reads a body whose checksum is right.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="header">The segment's.</param>
    /// <param name="mutation">What it says; its spans lie in the body.</param>
    /// <returns>False when it says nothing that this version understands.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, in SegmentHeader header, out Mutation mutation)
    {
        mutation = default;
        if (body.Length < 4 || MutationKindOf((RecordKind)body[0]) is not { } kind)
        {
            return false;
        }

        int at = 4;
        long time = 0;
        bool hasTime = (body[2] & RecordEncoder.TimeBit) != 0;
        if (!Varint64.TryReadSigned(body, ref at, out long position)
            || (hasTime && !Varint64.TryReadSigned(body, ref at, out time))
            || !Varint64.TryRead(body, ref at, out ulong expiry)
            || !Varint64.TryRead(body, ref at, out ulong cas)
            || !Varint64.TryRead(body, ref at, out ulong flags))
        {
            return false;
        }

        time = hasTime ? time + header.BaseTime : 0;
        ulong offset = 0, removed = 0, former = 0, name = 0;
        long index = 0, count = 0;
        double score = 0;
        if (kind == MutationKind.Spliced && !(Varint64.TryRead(body, ref at, out offset)
            && Varint64.TryRead(body, ref at, out removed) && Varint64.TryRead(body, ref at, out former)))
        {
            return false;
        }

        if (kind == MutationKind.Element && !TryReadElement(body, ref at, out index, out count, out score, out name))
        {
            return false;
        }

        if (!Varint64.TryRead(body, ref at, out ulong keyLength) || keyLength > (ulong)(body.Length - at)
            || keyLength > ItemStore.MaxKeyBytes || flags > uint.MaxValue || offset + removed > former
            || former > int.MaxValue || name > (ulong)(body.Length - at) - keyLength
            || (body[2] & 31) >= ItemStore.AllDatabases)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = body[(at + (int)keyLength)..];
        int type = body[1] & 15;
        mutation = new Mutation
        {
            Kind = kind,
            Position = header.PreviousPosition + position,
            At = time,
            Database = body[2] & 31,
            Key = body.Slice(at, (int)keyLength),
            Head = kind == MutationKind.Element ? rest[..(int)name] : rest,
            Tail = kind == MutationKind.Element ? rest[(int)name..] : default,
            Flags = (uint)flags,
            Type = type == 15 ? ItemType.Page : (ItemType)type,
            Form = (StringForm)(body[1] >> 4),
            Cas = cas,
            ExpiresAt = ReadExpiry(expiry, time),
            Marks = new ItemMarks(time, (body[2] & 32) != 0, (body[2] & 64) != 0),
            SpliceOffset = (int)offset,
            SpliceRemoved = (int)removed,
            SpliceInserted = kind == MutationKind.Spliced ? rest.Length : 0,
            SplicedLength = (int)former,
            Element = kind == MutationKind.Element ? (ElementChangeKind)body[3] : default,
            Reason = kind == MutationKind.Removed ? (RemoveReason)body[3] : default,
            Score = score,
            Index = index,
            Count = count,
        };
        return true;
    }

    private static bool TryReadElement(
        ReadOnlySpan<byte> body, ref int at, out long index, out long count, out double score, out ulong name)
    {
        (count, score, name) = (0, 0, 0);
        if (!Varint64.TryReadSigned(body, ref at, out index) || !Varint64.TryReadSigned(body, ref at, out count)
            || body.Length - at < sizeof(double))
        {
            return false;
        }

        score = BinaryPrimitives.ReadDoubleLittleEndian(body[at..]);
        at += sizeof(double);
        return Varint64.TryRead(body, ref at, out name);
    }

    private static long ReadExpiry(ulong expiry, long time) =>
        expiry == 0 ? 0 : time + ((long)((expiry - 1) >> 1) ^ -(long)((expiry - 1) & 1));

    private static MutationKind? MutationKindOf(RecordKind kind) => kind switch
    {
        RecordKind.Put or RecordKind.StateItem or RecordKind.StatePage => MutationKind.Put,
        RecordKind.Refreshed => MutationKind.Refreshed,
        RecordKind.Spliced => MutationKind.Spliced,
        RecordKind.Element => MutationKind.Element,
        RecordKind.ExpiryChanged => MutationKind.ExpiryChanged,
        RecordKind.Accessed => MutationKind.Accessed,
        RecordKind.Removed => MutationKind.Removed,
        RecordKind.Flushed => MutationKind.Flushed,
        RecordKind.GroupBegin => MutationKind.GroupBegin,
        RecordKind.GroupEnd => MutationKind.GroupEnd,
        _ => null,
    };
}
