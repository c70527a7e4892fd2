namespace SessionGateway.Bench.Load.Traffic;

/// <summary>Marsaglia's xorshift64*: the same seed gives the same run, and a number costs about 1 ns.</summary>
internal struct XorShift(ulong seed)
{
    private ulong _state = seed == 0 ? 1 : seed;

    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 2_685_821_657_736_338_717;
    }

    /// <summary>A number from 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (uint)limit) >> 32);

    public void Fill(Span<byte> destination)
    {
        foreach (ref byte b in destination)
            b = (byte)(Next() >> 32);
    }
}
