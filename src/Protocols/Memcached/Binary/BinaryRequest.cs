namespace SessionGateway.Protocols.Memcached.Binary;

/// <summary>One request of the binary protocol; header fields in host order, spans into the input.</summary>
public ref struct BinaryRequest
{
    /// <summary>Bytes of a header.</summary>
    public const int HeaderBytes = 24;

    /// <summary>What to do.</summary>
    public BinaryOpcode Opcode;

    /// <summary>Length of the extras as announced.</summary>
    public int ExtrasLength;

    /// <summary>Length of the key as announced.</summary>
    public int KeyLength;

    /// <summary>Length of extras, key and value together as announced.</summary>
    public uint BodyLength;

    /// <summary>Sent back as it came, in the order of its bytes.</summary>
    public uint Opaque;

    /// <summary>cas unique to compare with, 0 = any.</summary>
    public ulong Cas;

    /// <summary>The extras.</summary>
    public ReadOnlySpan<byte> Extras;

    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value;

    /// <summary>Length of the value as announced.</summary>
    public readonly long ValueLength => (long)BodyLength - ExtrasLength - KeyLength;
}
