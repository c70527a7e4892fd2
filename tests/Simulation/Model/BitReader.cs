namespace SessionGateway.Simulation.Model;

/// <summary>Takes out what <see cref="BitWriter"/> put in.</summary>
internal struct BitReader
{
    private readonly Packed _packed;
    private ulong _word;
    private int _bits;
    private int _words;

    public BitReader(Packed packed)
    {
        _packed = packed;
        _word = packed.A;
    }

    public int Take(int bits)
    {
        if (_bits + bits > 64)
        {
            _words++;
            _word = _words switch { 1 => _packed.B, 2 => _packed.C, _ => _packed.D };
            _bits = 0;
        }

        int value = (int)(_word >> _bits) & ((1 << bits) - 1);
        _bits += bits;
        return value;
    }

    public bool TakeBool() => Take(1) != 0;
}
