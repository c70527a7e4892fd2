namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// Groups of expiry: items of one group share segments, so that short-lived ones do not leave holes among long-lived
/// ones. The bounds follow what session stores hold: lock keys (seconds), one-time tokens (minutes), sessions (24
/// minutes to hours), remembered logins (days).
/// </summary>
internal static class ExpiryClass
{
    /// <summary>Number of groups.</summary>
    public const int Count = 8;

    /// <summary>Items with up to a minute left.</summary>
    public const int Minute = 1;

    /// <summary>Not by expiry: sessions that are anonymous still (<see
    /// cref="Policies.PrefixClass.Anonymous"/>).</summary>
    public const int Anonymous = 6;

    /// <summary>Not by expiry: cached data (<see cref="Policies.PrefixClass.Evictable"/>).</summary>
    public const int Evictable = 7;

    private const long MinuteMilliseconds = 60_000;

    /// <summary>The group of an item that expires at <paramref name="expiresAt"/> (0 = never).</summary>
    public static int Of(long expiresAt, long now)
    {
        if (expiresAt == 0)
        {
            return 0;
        }

        return (expiresAt - now) switch
        {
            <= MinuteMilliseconds => Minute,
            <= 10 * MinuteMilliseconds => 2,
            <= 90 * MinuteMilliseconds => 3,
            <= 26 * 60 * MinuteMilliseconds => 4,
            _ => 5,
        };
    }
}
