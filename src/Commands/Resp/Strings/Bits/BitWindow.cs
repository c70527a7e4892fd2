namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>A string of which a part is being changed, in a copy. What lies behind its end is zero.</summary>
internal readonly ref struct BitWindow
{
    private readonly ReadOnlySpan<byte> _value;
    private readonly int _first;

    /// <summary>Copies the part.</summary>
    public BitWindow(ReadOnlySpan<byte> value, int first, int length)
    {
        _value = value;
        _first = first;
        Bytes = length == 0 ? [] : new byte[length];
        if (first < value.Length)
        {
            value[first..Math.Min(value.Length, first + length)].CopyTo(Bytes);
        }
    }

    /// <summary>The part.</summary>
    public byte[] Bytes { get; }

    /// <summary>Reads a number.</summary>
    public long Read(in BitField field)
    {
        ulong bits = 0;
        for (long bit = field.First; bit <= field.Last; bit++)
        {
            bits = (bits << 1) | (uint)((At(bit >> 3) >> (7 - (int)(bit & 7))) & 1);
        }

        return field.Cut(bits);
    }

    /// <summary>Writes a number inside of the part.</summary>
    public void Write(in BitField field, long number)
    {
        for (int i = 0; i < field.Bits; i++)
        {
            long bit = field.Last - i;
            int mask = 0x80 >> (int)(bit & 7);
            ref byte place = ref Bytes[(int)((bit >> 3) - _first)];
            place = (byte)((((ulong)number >> i) & 1) == 1 ? place | mask : place & ~mask);
        }
    }

    private int At(long index) =>
        index >= _first && index < _first + Bytes.Length ? Bytes[(int)(index - _first)]
        : index < _value.Length ? _value[(int)index] : 0;
}
