namespace SessionGateway.Protocols.Rdb;

/// <summary>A string, or an entry of a collection; valid during the visit.</summary>
public readonly ref struct RdbElement
{
    /// <summary>The string, the field of a hash, the member of a set or a sorted set, the element of a list.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The value of a field; else empty.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The score in a sorted set, never NaN; else 0.</summary>
    public double Score { get; init; }

    /// <summary>Unix milliseconds at which a field ends, above 0; 0 = with its hash.</summary>
    public long ExpiresAt { get; init; }
}
