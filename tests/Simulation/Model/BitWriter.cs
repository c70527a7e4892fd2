namespace SessionGateway.Simulation.Model;

/// <summary>Puts small numbers one behind the other.</summary>
internal struct BitWriter
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private ulong _word;
    private int _bits;
    private int _words;

    public void Put(long value, int bits)
    {
        if ((ulong)value >> bits != 0)
        {
            throw new InvalidOperationException($"{value} does not fit into {bits} bits");
        }

        if (_bits + bits > 64)
        {
            Flush();
        }

        _word |= (ulong)value << _bits;
        _bits += bits;
    }

    public void Put(bool value) => Put(value ? 1 : 0, 1);

    public Packed End()
    {
        Flush();
        return new Packed(_a, _b, _c, _d);
    }

    private void Flush()
    {
        switch (_words++)
        {
            case 0:
                _a = _word;
                break;
            case 1:
                _b = _word;
                break;
            case 2:
                _c = _word;
                break;
            case 3:
                _d = _word;
                break;
            default:
                throw new InvalidOperationException("a world does not fit into 256 bits");
        }

        _word = 0;
        _bits = 0;
    }
}
