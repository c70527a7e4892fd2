namespace SessionGateway.Protocols.Memcached.Binary;

/// <summary>What extras, key and value an opcode may carry (proto_bin.c, dispatch_bin_command).</summary>
/// <param name="Extras">Bytes of extras.</param>
/// <param name="Key">Whether there is a key.</param>
/// <param name="HasValue">True when there may be a value.</param>
/// <param name="MayLackExtras">True when there may be no extras all the same.</param>
public sealed record BinaryShape(int Extras, BinaryKey Key, bool HasValue, bool MayLackExtras = false)
{
    /// <summary>Nothing.</summary>
    public static BinaryShape Empty { get; } = new(0, BinaryKey.None, false);

    /// <summary>A key.</summary>
    public static BinaryShape KeyOnly { get; } = new(0, BinaryKey.Needed, false);

    /// <summary>Flags and expiration, a key, a value.</summary>
    public static BinaryShape Store { get; } = new(8, BinaryKey.Needed, true);

    /// <summary>A key and a value: append and prepend; a mechanism and a message: SASL.</summary>
    public static BinaryShape KeyAndValue { get; } = new(0, BinaryKey.Needed, true);

    /// <summary>Delta, initial value and expiration, a key.</summary>
    public static BinaryShape Arithmetic { get; } = new(20, BinaryKey.Needed, false);

    /// <summary>Expiration, a key; memcached does not look whether a value follows.</summary>
    public static BinaryShape Touch { get; } = new(4, BinaryKey.Needed, true);

    /// <summary>A delay or not.</summary>
    public static BinaryShape Flush { get; } = new(4, BinaryKey.None, false, MayLackExtras: true);

    /// <summary>Key and value as they like.</summary>
    public static BinaryShape Stat { get; } = new(0, BinaryKey.Free, true);

    /// <summary>True when the lengths of a header fit.</summary>
    public bool Fits(in BinaryRequest request) =>
        (request.ExtrasLength == Extras || (MayLackExtras && request.ExtrasLength == 0))
        && (Key == BinaryKey.Free || request.KeyLength > 0 == (Key == BinaryKey.Needed))
        && (HasValue || request.ValueLength == 0);
}
