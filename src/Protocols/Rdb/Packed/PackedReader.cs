namespace SessionGateway.Protocols.Rdb.Packed;

/// <summary>Steps through a block that is whole. Damaged ones end early and say so; nothing outside is read.</summary>
internal ref struct PackedReader
{
    private readonly PackedFormat _format;
    private readonly ReadOnlySpan<byte> _block;
    private int _at;
    private int _count;

    private PackedReader(PackedFormat format, ReadOnlySpan<byte> block, int start, int announced)
    {
        _format = format;
        _block = block;
        _at = start;
        Announced = announced;
    }

    /// <summary>Entries that the block says it has; negative when it does not say.</summary>
    public int Announced { get; }

    /// <summary>The block is no such one.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Begins; false when its head is wrong.</summary>
    public static bool TryOpen(PackedFormat format, ReadOnlySpan<byte> block, out PackedReader reader)
    {
        int announced = -1;
        int start = format switch
        {
            PackedFormat.Listpack => Listpack.Open(block, out announced),
            PackedFormat.Ziplist => Ziplist.Open(block, out announced),
            PackedFormat.Zipmap => Zipmap.Open(block),
            _ => Intset.Open(block, out announced),
        };
        reader = new PackedReader(format, block, start, announced);
        return start >= 0;
    }

    /// <summary>The next entry; false at the end, or where the block is damaged.</summary>
    public bool TryNext(out PackedEntry entry)
    {
        entry = default;
        if (IsDamaged || IsAtEnd())
        {
            return false;
        }

        int size = _format switch
        {
            PackedFormat.Listpack => Listpack.Read(_block[_at..^1], out entry),
            PackedFormat.Ziplist => Ziplist.Read(_block[_at..^1], out entry),
            PackedFormat.Zipmap => Zipmap.Read(_block[_at..], isValue: (_count & 1) != 0, out entry),
            _ => Intset.Read(_block, _at, out entry),
        };
        IsDamaged = size <= 0;
        _at += Math.Max(size, 0);
        _count++;
        return !IsDamaged;
    }

    private bool IsAtEnd()
    {
        bool isAtEnd = _format switch
        {
            PackedFormat.Listpack or PackedFormat.Ziplist => _at == _block.Length - 1,
            PackedFormat.Zipmap => _at < _block.Length && (_count & 1) == 0 && _block[_at] == Zipmap.End,
            _ => _at == _block.Length,
        };
        if (isAtEnd && Announced >= 0 && Announced != _count)
        {
            IsDamaged = true;
        }

        return isAtEnd;
    }
}
