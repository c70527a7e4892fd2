namespace SessionGateway.Commands.Memcached;

/// <summary>What extras, key and value an opcode may carry (proto_bin.c, dispatch_bin_command).</summary>
internal enum BinaryShape : byte
{
    /// <summary>Not a known opcode.</summary>
    Unknown,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A key.</summary>
    Key,

    /// <summary>8 bytes of extras, a key, a value.</summary>
    Store,

    /// <summary>A key and a value.</summary>
    Concatenate,

    /// <summary>20 bytes of extras and a key.</summary>
    Arithmetic,

    /// <summary>4 bytes of extras and a key.</summary>
    Touch,

    /// <summary>No or 4 bytes of extras.</summary>
    Flush,

    /// <summary>No extras; key and value as they like.</summary>
    Stat,

    /// <summary>A mechanism as key and a message as value.</summary>
    Sasl,
}
