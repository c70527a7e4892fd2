using System.Buffers.Binary;

namespace SessionGateway.Store.Mutations;

/// <summary>Reads the entries of a <see cref="MutationKind.Accessed"/>: database 1 byte, length of the key 2, time of
/// the access 8, cas unique 8, key; numbers little-endian.</summary>
/// <param name="entries"><see cref="Mutation.Head"/>.</param>
public ref struct AccessReader(ReadOnlySpan<byte> entries)
{
    internal const int HeaderBytes = 19;

    private ReadOnlySpan<byte> _rest = entries;

    /// <summary>Database of the item.</summary>
    public int Database { get; private set; }

    /// <summary>Unix milliseconds of the access.</summary>
    public long At { get; private set; }

    /// <summary>cas unique that the item had: another one is another item by now.</summary>
    public ulong Cas { get; private set; }

    /// <summary>Its key.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>The entry as it lies in the bytes: the head of a mutation that tells only of it.</summary>
    public ReadOnlySpan<byte> Entry { get; private set; }

    /// <summary>Goes to the next entry.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        Database = _rest[0];
        int length = BinaryPrimitives.ReadUInt16LittleEndian(_rest[1..]);
        At = BinaryPrimitives.ReadInt64LittleEndian(_rest[3..]);
        Cas = BinaryPrimitives.ReadUInt64LittleEndian(_rest[11..]);
        Key = _rest.Slice(HeaderBytes, length);
        Entry = _rest[..(HeaderBytes + length)];
        _rest = _rest[(HeaderBytes + length)..];
        return true;
    }

    internal static int Write(Span<byte> target, in ItemKey key, ulong cas, long at)
    {
        target[0] = (byte)key.Database;
        BinaryPrimitives.WriteUInt16LittleEndian(target[1..], (ushort)key.Bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[3..], at);
        BinaryPrimitives.WriteUInt64LittleEndian(target[11..], cas);
        key.Bytes.CopyTo(target[HeaderBytes..]);
        return HeaderBytes + key.Bytes.Length;
    }
}
