namespace SessionGateway.StoreTests.Soak;

/// <summary>An item as the model of a soak remembers it.</summary>
public sealed record Expected(byte[] Value, uint Flags, long ExpiresAt, ulong Cas)
{
    /// <summary>True when its time is over.</summary>
    public bool IsExpired(long now) => ExpiresAt != 0 && ExpiresAt <= now;
}
