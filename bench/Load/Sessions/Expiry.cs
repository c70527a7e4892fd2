using System.Globalization;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>When written sessions end: some time after each write, or all at one moment.</summary>
internal readonly record struct Expiry(TimeSpan After, DateTimeOffset At)
{
    public static Expiry In(TimeSpan after) => new(after, default);

    /// <param name="moment">A whole second: memcached knows no finer ones.</param>
    public static Expiry Together(DateTimeOffset moment) => new(default, moment);

    /// <summary>As memcached reads it: seconds from now, or, beyond 30 days, Unix seconds.</summary>
    public long Exptime => After > TimeSpan.Zero ? (long)After.TotalSeconds : At.ToUnixTimeSeconds();

    /// <summary>As PSETEX reads it.</summary>
    public long Milliseconds => After > TimeSpan.Zero
        ? (long)After.TotalMilliseconds
        : Math.Max(1, At.ToUnixTimeMilliseconds() - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    public override string ToString() => After > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"{After.TotalSeconds:F0} s after the write")
        : At.ToString("O", CultureInfo.InvariantCulture);
}
