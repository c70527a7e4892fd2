namespace SessionGateway.Scripting.Libraries;

/// <summary>The linear congruential generator of drand48 (POSIX), as Redis uses it for scripts (rand.c).</summary>
internal struct Drand48(int seed)
{
    private const ulong Multiplier = 0x5DEECE66D;
    private const ulong Increment = 0xB;
    private const ulong Mask = (1UL << 48) - 1;

    private ulong _state = ((ulong)(uint)seed << 16) | 0x330E;

    /// <summary>The next number, from 0 below 2^31.</summary>
    public int Next()
    {
        _state = ((_state * Multiplier) + Increment) & Mask;
        return (int)(_state >> 17);
    }
}
