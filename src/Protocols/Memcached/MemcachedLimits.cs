namespace SessionGateway.Protocols.Memcached;

/// <summary>Limits that both memcached protocols have by themselves.</summary>
public static class MemcachedLimits
{
    /// <summary>Longest key (KEY_MAX_LENGTH).</summary>
    public const int KeyBytes = 250;

    /// <summary>A text line that is longer than this without an end is only allowed to be a get or gets.</summary>
    public const int LineBytes = 2048;

    /// <summary>Longest line of a get with many keys; memcached has no limit, which is a way to take its
    /// memory.</summary>
    public const int GetLineBytes = 4 << 20;
}
