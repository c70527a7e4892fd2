namespace SessionGateway.Protocols.Memcached.Binary.Client;

/// <summary>A response; spans into the input.</summary>
public readonly ref struct BinaryReply
{
    /// <summary>The header.</summary>
    public BinaryHeader Header { get; init; }

    /// <summary>How it went.</summary>
    public BinaryStatus Status => (BinaryStatus)Header.Status;

    /// <summary>Client flags after a retrieval.</summary>
    public ReadOnlySpan<byte> Extras { get; init; }

    /// <summary>The key, when the opcode returns it.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>The value, or the text of an error.</summary>
    public ReadOnlySpan<byte> Value { get; init; }
}
