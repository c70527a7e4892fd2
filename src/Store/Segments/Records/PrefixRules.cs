using SessionGateway.Store.Policies;

namespace SessionGateway.Store.Segments.Records;

/// <summary>Looks the prefix rules up, and says which group of segments an item belongs to.</summary>
internal sealed class PrefixRules(IReadOnlyList<PrefixRule> rules)
{
    private readonly PrefixRule[] _rules = [.. rules];

    /// <summary>True when any rule has the class.</summary>
    public bool Has(PrefixClass prefixClass) => Array.Exists(_rules, r => r.Class == prefixClass);

    /// <summary>True when new items with this key are anonymous.</summary>
    public bool IsAnonymous(ReadOnlySpan<byte> key) => Is(key, PrefixClass.Anonymous);

    /// <summary>True when items with this key may be evicted under any policy.</summary>
    public bool IsEvictable(ReadOnlySpan<byte> key) => Is(key, PrefixClass.Evictable);

    /// <summary>The group of an item that is written.</summary>
    public int GroupOf(ReadOnlySpan<byte> key, bool isAnonymous, long expiresAt, long now)
    {
        if (isAnonymous)
        {
            return ExpiryClass.Anonymous;
        }

        return IsEvictable(key) ? ExpiryClass.Evictable : ExpiryClass.Of(expiresAt, now);
    }

    /// <summary>The group of an item that is moved.</summary>
    public int GroupOf(Record record, long now) =>
        GroupOf(record.Key, record.IsAnonymous && !record.WasRead, record.ExpiresAt, now);

    private bool Is(ReadOnlySpan<byte> key, PrefixClass prefixClass)
    {
        foreach (PrefixRule rule in _rules)
        {
            if (key.StartsWith(rule.Prefix.Span))
            {
                return rule.Class == prefixClass;
            }
        }

        return false;
    }
}
