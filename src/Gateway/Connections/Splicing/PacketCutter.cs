using System.Buffers.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>Finds the headers of memcached's binary packets in bytes that come in any pieces.</summary>
internal sealed class PacketCutter
{
    private readonly byte[] _header = new byte[BinaryHeader.Bytes];
    private int _length;
    private long _skip;

    /// <summary>True when no packet has begun.</summary>
    public bool IsBetween => _length == 0 && _skip == 0;

    /// <summary>Its first byte.</summary>
    public byte Magic { get; private set; }

    /// <summary>The code of the packet that was found.</summary>
    public byte Code { get; private set; }

    /// <summary>How it ended, of a response.</summary>
    public int Status { get; private set; }

    /// <summary>Bytes of its key.</summary>
    public int KeyLength { get; private set; }

    /// <summary>Takes bytes up to the end of the next header.</summary>
    /// <returns>False when there is none: the bytes are all taken then.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> bytes)
    {
        int skipped = (int)Math.Min(_skip, bytes.Length);
        _skip -= skipped;
        bytes = bytes[skipped..];
        int taken = Math.Min(BinaryHeader.Bytes - _length, bytes.Length);
        bytes[..taken].CopyTo(_header.AsSpan(_length));
        _length += taken;
        bytes = bytes[taken..];
        if (_length < BinaryHeader.Bytes)
        {
            return false;
        }

        _length = 0;
        Magic = _header[0];
        Code = _header[1];
        Status = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(6));
        KeyLength = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2));
        _skip = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(8));
        return true;
    }
}
