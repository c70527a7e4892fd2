using SessionGateway.Store.Collections.Entries;

namespace SessionGateway.Store.Collections;

/// <summary>A look at an entry of a collection, valid until the next write to the shard.</summary>
public readonly ref struct ElementView
{
    internal ElementView(scoped in Entry entry)
    {
        Name = entry.Name;
        Value = entry.Value;
        Score = entry.Score;
        ExpiresAt = entry.ExpiresAt;
    }

    /// <summary>The field of a hash, the member of a set or a sorted set, the element of a list.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value of a field; else empty.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The score in a sorted set; else 0.</summary>
    public double Score { get; }

    /// <summary>Unix milliseconds at which a field ends; 0 = with its hash.</summary>
    public long ExpiresAt { get; }

    /// <summary>True when the field's time is over.</summary>
    public bool IsExpired(long now) => ExpiresAt != 0 && ExpiresAt <= now;
}
