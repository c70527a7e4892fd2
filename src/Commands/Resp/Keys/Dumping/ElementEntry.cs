namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>An entry of a collection on its way into another one.</summary>
internal readonly ref struct ElementEntry
{
    /// <summary>The field of a hash, the member of a set or a sorted set, the element of a list.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The value of a field; else empty.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The score in a sorted set; else 0.</summary>
    public double Score { get; init; }

    /// <summary>Unix milliseconds at which a field ends; 0 = with its hash.</summary>
    public long ExpiresAt { get; init; }
}
