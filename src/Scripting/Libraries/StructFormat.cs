namespace SessionGateway.Scripting.Libraries;

/// <summary>Reads the options of a format of <c>struct</c>, one after the other.</summary>
internal ref struct StructFormat(ReadOnlySpan<byte> format)
{
    private const int MaxIntegerBytes = 32;
    private const int MaxAlign = 8;

    private readonly ReadOnlySpan<byte> _format = format;
    private int _at;
    private int _align = 1;

    /// <summary>The option.</summary>
    public char Option { get; private set; }

    /// <summary>Its bytes; 0 for what tells its own length.</summary>
    public int Size { get; private set; }

    /// <summary>Zero bytes before it.</summary>
    public int Padding { get; private set; }

    /// <summary>The least significant byte comes first.</summary>
    public bool IsLittle { get; private set; } = true;

    /// <summary>What is wrong with the format.</summary>
    public string? Problem { get; private set; }

    /// <summary>It is told as one of the argument.</summary>
    public bool IsArgumentProblem { get; private set; }

    /// <summary>Reads the next option; false at the end or with a problem.</summary>
    public bool TryNext(long position, out string? problem)
    {
        problem = null;
        while (_at < _format.Length && _format[_at] != 0)
        {
            Option = (char)_format[_at++];
            switch (Option)
            {
                case 'b' or 'B' or 'x':
                    Size = 1;
                    break;
                case 'h' or 'H':
                    Size = 2;
                    break;
                case 'l' or 'L' or 'T' or 'd':
                    Size = 8;
                    break;
                case 'f':
                    Size = 4;
                    break;
                case 's':
                    Size = 0;
                    break;
                case 'c':
                    Size = Number(1);
                    break;
                case 'i' or 'I':
                    Size = Number(4);
                    if (Size > MaxIntegerBytes)
                    {
                        Problem ??= $"integral size {Size} is larger than limit of {MaxIntegerBytes}";
                    }

                    break;
                case ' ':
                    continue;
                case '>':
                    IsLittle = false;
                    continue;
                case '<':
                    IsLittle = true;
                    continue;
                case '!':
                    _align = Number(MaxAlign);
                    if (_align <= 0 || (_align & (_align - 1)) != 0)
                    {
                        Problem ??= $"alignment {_align} is not a power of 2";
                        return false;
                    }

                    continue;
                default:
                    Problem ??= $"invalid format option '{Option}'";
                    IsArgumentProblem = true;
                    return false;
            }

            if (Problem is not null)
            {
                return false;
            }

            int align = Size == 0 || Option == 'c' ? 1 : Math.Min(Size, _align);
            Padding = align > 1 ? (int)((align - (position & (align - 1))) & (align - 1)) : 0;
            return true;
        }

        return false;
    }

    private int Number(int otherwise)
    {
        if (_at >= _format.Length || !char.IsAsciiDigit((char)_format[_at]))
        {
            return otherwise;
        }

        long value = 0;
        while (_at < _format.Length && char.IsAsciiDigit((char)_format[_at]))
        {
            value = (value * 10) + (_format[_at++] - '0');
            if (value > int.MaxValue / 2)
            {
                Problem ??= "integral size overflow";
                value = int.MaxValue / 2;
            }
        }

        return (int)value;
    }
}
