using System.Buffers.Binary;
using SessionGateway.Store.Collections;

namespace SessionGateway.Store.Mutations;

/// <summary>
/// Mutations kept as bytes, one after the other: what a group is made of until it ends, what one thread hands to
/// another. A splice keeps what it brought, a refresh keeps no value. The form is of this process only.
/// </summary>
public sealed class MutationBuffer
{
    // kind, database, type, form, reason, marks: 1 each; key length 2; flags 4; position, at, cas, expiry, last access:
    // 8 each; head and tail length, splice offset, removed, inserted, former length: 4 each; score, index, count: 8
    // each; element: 1.
    private const int HeaderBytes = 6 + 2 + 4 + (5 * 8) + (6 * 4) + (3 * 8) + 1;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>Bytes that what was added takes.</summary>
    public int Length => _length;

    /// <summary>Adds a copy.</summary>
    public void Add(in Mutation mutation)
    {
        ReadOnlySpan<byte> head = mutation.Kind switch
        {
            MutationKind.Refreshed => default,
            MutationKind.Spliced => mutation.Inserted,
            _ => mutation.Head,
        };
        ReadOnlySpan<byte> tail = mutation.Kind is MutationKind.Refreshed or MutationKind.Spliced
            ? default : mutation.Tail;
        int size = HeaderBytes + mutation.Key.Length + head.Length + tail.Length;
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes,
                (int)Math.Min(Array.MaxLength, Math.Max(_length + (long)size, _bytes.Length * 2L)));
        }

        Span<byte> target = _bytes.AsSpan(_length, size);
        target[0] = (byte)mutation.Kind;
        target[1] = (byte)mutation.Database;
        target[2] = (byte)mutation.Type;
        target[3] = (byte)mutation.Form;
        target[4] = (byte)mutation.Reason;
        target[5] = (byte)((mutation.Marks.WasRead ? 1 : 0) | (mutation.Marks.IsAnonymous ? 2 : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(target[6..], (ushort)mutation.Key.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], mutation.Flags);
        BinaryPrimitives.WriteInt64LittleEndian(target[12..], mutation.Position);
        BinaryPrimitives.WriteInt64LittleEndian(target[20..], mutation.At);
        BinaryPrimitives.WriteUInt64LittleEndian(target[28..], mutation.Cas);
        BinaryPrimitives.WriteInt64LittleEndian(target[36..], mutation.ExpiresAt);
        BinaryPrimitives.WriteInt64LittleEndian(target[44..], mutation.Marks.LastAccess);
        BinaryPrimitives.WriteInt32LittleEndian(target[52..], head.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[56..], tail.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[60..], mutation.SpliceOffset);
        BinaryPrimitives.WriteInt32LittleEndian(target[64..], mutation.SpliceRemoved);
        BinaryPrimitives.WriteInt32LittleEndian(target[68..], mutation.SpliceInserted);
        BinaryPrimitives.WriteInt32LittleEndian(target[72..], mutation.SplicedLength);
        BinaryPrimitives.WriteDoubleLittleEndian(target[76..], mutation.Score);
        BinaryPrimitives.WriteInt64LittleEndian(target[84..], mutation.Index);
        BinaryPrimitives.WriteInt64LittleEndian(target[92..], mutation.Count);
        target[100] = (byte)mutation.Element;
        mutation.Key.CopyTo(target[HeaderBytes..]);
        head.CopyTo(target[(HeaderBytes + mutation.Key.Length)..]);
        tail.CopyTo(target[(HeaderBytes + mutation.Key.Length + head.Length)..]);
        _length += size;
    }

    /// <summary>Goes over what was added.</summary>
    public Reader Read() => new(_bytes.AsSpan(0, _length));

    /// <summary>Forgets what was added of a database.</summary>
    public void Drop(int database)
    {
        byte[] before = _bytes;
        var all = new Reader(before.AsSpan(0, _length));
        _bytes = new byte[1024];
        _length = 0;
        while (all.MoveNext())
        {
            if (all.Current.Database != database)
            {
                Add(all.Current);
            }
        }
    }

    /// <summary>Forgets everything, and memory that only a large group needs.</summary>
    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > 1 << 20)
        {
            _bytes = new byte[1024];
        }
    }

    /// <summary>Reads mutations in their order.</summary>
    public ref struct Reader
    {
        private ReadOnlySpan<byte> _rest;

        internal Reader(ReadOnlySpan<byte> bytes) => _rest = bytes;

        /// <summary>The mutation; its spans lie in the buffer.</summary>
        public Mutation Current { get; private set; }

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            ReadOnlySpan<byte> b = _rest;
            int key = BinaryPrimitives.ReadUInt16LittleEndian(b[6..]);
            int head = BinaryPrimitives.ReadInt32LittleEndian(b[52..]);
            int tail = BinaryPrimitives.ReadInt32LittleEndian(b[56..]);
            Current = new Mutation
            {
                Kind = (MutationKind)b[0],
                Database = b[1],
                Type = (ItemType)b[2],
                Form = (StringForm)b[3],
                Reason = (RemoveReason)b[4],
                Flags = BinaryPrimitives.ReadUInt32LittleEndian(b[8..]),
                Position = BinaryPrimitives.ReadInt64LittleEndian(b[12..]),
                At = BinaryPrimitives.ReadInt64LittleEndian(b[20..]),
                Cas = BinaryPrimitives.ReadUInt64LittleEndian(b[28..]),
                ExpiresAt = BinaryPrimitives.ReadInt64LittleEndian(b[36..]),
                Marks = new ItemMarks(BinaryPrimitives.ReadInt64LittleEndian(b[44..]), (b[5] & 1) != 0,
                    (b[5] & 2) != 0),
                SpliceOffset = BinaryPrimitives.ReadInt32LittleEndian(b[60..]),
                SpliceRemoved = BinaryPrimitives.ReadInt32LittleEndian(b[64..]),
                SpliceInserted = BinaryPrimitives.ReadInt32LittleEndian(b[68..]),
                SplicedLength = BinaryPrimitives.ReadInt32LittleEndian(b[72..]),
                Score = BinaryPrimitives.ReadDoubleLittleEndian(b[76..]),
                Index = BinaryPrimitives.ReadInt64LittleEndian(b[84..]),
                Count = BinaryPrimitives.ReadInt64LittleEndian(b[92..]),
                Element = (ElementChangeKind)b[100],
                Key = b.Slice(HeaderBytes, key),
                Head = b.Slice(HeaderBytes + key, head),
                Tail = b.Slice(HeaderBytes + key + head, tail),
            };
            _rest = b[(HeaderBytes + key + head + tail)..];
            return true;
        }
    }
}
