using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SessionGateway.Sessions.Reading;

/// <summary>
/// Reads big-endian fields and remembers the first failure. Reading past the end gives zeros, so a decoder may read the
/// parts of one value and then look at <see cref="Error"/> once.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, int at)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at = at;

    public readonly int At => _at;

    public readonly int Remaining => _bytes.Length - _at;

    public SessionErrorCode Error { get; private set; }

    public string? Detail { get; private set; }

    public readonly bool Failed => Error != SessionErrorCode.None;

    public readonly SessionError Failure => new(Error, _at, Detail);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Byte()
    {
        if ((uint)_at < (uint)_bytes.Length)
        {
            return _bytes[_at++];
        }

        Fail(SessionErrorCode.Truncated);
        return 0;
    }

    public readonly byte Peek() => (uint)_at < (uint)_bytes.Length ? _bytes[_at] : (byte)0;

    /// <summary>Distance from here to the next such byte; -1 where there is none.</summary>
    public readonly int IndexOf(byte value) => _bytes[_at..].IndexOf(value);

    public ushort UInt16() => Has(2) ? BinaryPrimitives.ReadUInt16BigEndian(_bytes[Skip(2)..]) : (ushort)0;

    public uint UInt32() => Has(4) ? BinaryPrimitives.ReadUInt32BigEndian(_bytes[Skip(4)..]) : 0;

    public ulong UInt64() => Has(8) ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[Skip(8)..]) : 0;

    public ushort UInt16Little() => Has(2) ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[Skip(2)..]) : (ushort)0;

    public uint UInt32Little() => Has(4) ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[Skip(4)..]) : 0;

    public ulong UInt64Little() => Has(8) ? BinaryPrimitives.ReadUInt64LittleEndian(_bytes[Skip(8)..]) : 0;

    /// <summary>Takes a range of the bytes; a length past the end is a lie and an error at the place of its
    /// field.</summary>
    public ReadOnlySpan<byte> Take(ulong length, out int offset)
    {
        offset = _at;
        if (length > (ulong)Remaining)
        {
            Fail(SessionErrorCode.BadLength);
            return default;
        }

        _at += (int)length;
        return _bytes.Slice(offset, (int)length);
    }

    /// <summary>Keeps the first failure and its place.</summary>
    public bool Fail(SessionErrorCode code, string? detail = null)
    {
        if (Error == SessionErrorCode.None)
        {
            Error = code;
            Detail = detail;
        }

        return false;
    }

    /// <summary>Fails at an earlier byte.</summary>
    public bool FailAt(int at, SessionErrorCode code, string? detail = null)
    {
        if (Error == SessionErrorCode.None)
        {
            _at = at;
        }

        return Fail(code, detail);
    }

    private bool Has(int count) => Remaining >= count || Fail(SessionErrorCode.Truncated);

    private int Skip(int count)
    {
        _at += count;
        return _at - count;
    }
}
