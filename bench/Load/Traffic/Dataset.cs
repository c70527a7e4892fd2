using System.Buffers.Binary;
using System.Text;

namespace SessionGateway.Bench.Load.Traffic;

/// <summary>
/// The sessions of a run: keys as PHP's memcached handler makes them (40 bytes), and values that differ with each write
/// and can be checked from first to last byte without remembering them.
/// </summary>
/// <remarks>
/// A value is its key's index (4 bytes), its version (4 bytes, counts the writes of that key), and then a slice of one
/// random block that begins where index and version say. Checking is a comparison with that slice: 20 ns for 1 KB.
/// </remarks>
internal sealed class Dataset
{
    public const int KeyBytes = 40;
    public const int LockKeyBytes = 45;
    public const int TtlSeconds = 1440; // session.gc_maxlifetime as PHP ships it
    public const int LockMilliseconds = 30_000; // max_execution_time as PHP ships it

    private const int HeaderBytes = 8;
    private const int SliceStarts = 1 << 16;
    private const string Prefix = "memc.sess.key.";

    private readonly byte[] _keys;
    private readonly byte[] _lockKeys;
    private readonly byte[] _block;
    private readonly uint[] _versions;

    public Dataset(int count, int valueBytes, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(valueBytes, HeaderBytes);
        (Count, ValueBytes) = (count, valueBytes);
        _versions = new uint[count];
        _keys = new byte[count * KeyBytes];
        _lockKeys = new byte[count * LockKeyBytes];
        _block = new byte[SliceStarts + valueBytes];

        XorShift random = new(seed);
        for (int i = 0; i < _block.Length; i++)
            _block[i] = (byte)(random.Next() >> 32);
        for (int key = 0; key < count; key++)
        {
            string id = SessionId(ref random);
            Encoding.ASCII.GetBytes(Prefix + id, _keys.AsSpan(key * KeyBytes, KeyBytes));
            Encoding.ASCII.GetBytes($"{Prefix}lock.{id}", _lockKeys.AsSpan(key * LockKeyBytes, LockKeyBytes));
        }
    }

    public int Count { get; }

    public int ValueBytes { get; }

    public ReadOnlySpan<byte> Key(int index) => _keys.AsSpan(index * KeyBytes, KeyBytes);

    public ReadOnlySpan<byte> LockKey(int index) => _lockKeys.AsSpan(index * LockKeyBytes, LockKeyBytes);

    /// <summary>Writes the key's next value.</summary>
    public void WriteNextValue(Span<byte> destination, int key)
    {
        uint version = ++_versions[key];
        BinaryPrimitives.WriteInt32LittleEndian(destination, key);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], version);
        Slice(key, version).CopyTo(destination[HeaderBytes..]);
    }

    /// <summary>True when this is, to the last byte, a value that was written under the key.</summary>
    public bool IsValueOf(ReadOnlySpan<byte> value, int key)
    {
        if (value.Length != ValueBytes || BinaryPrimitives.ReadInt32LittleEndian(value) != key)
            return false;
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(value[4..]);
        // Several connections write the same key, so any version written so far may be the one that stands.
        return version - 1 < _versions[key] && value[HeaderBytes..].SequenceEqual(Slice(key, version));
    }

    private ReadOnlySpan<byte> Slice(int key, uint version)
    {
        uint start = (((uint)key * 2_654_435_761) + (version * 40_503)) >> 8 & (SliceStarts - 1);
        return _block.AsSpan((int)start, ValueBytes - HeaderBytes);
    }

    private static string SessionId(ref XorShift random)
    {
        Span<char> id = stackalloc char[26];
        foreach (ref char c in id)
            c = "0123456789abcdefghijklmnopqrstuv"[(int)(random.Next() >> 59)];
        return new string(id);
    }
}
