using System.Runtime.InteropServices;

namespace SessionGateway.Protocols.Buffers;

/// <summary>
/// Bytes that come in at the end and go out at the front: what a connection received but could not read yet, or wrote
/// but could not send yet. Unmanaged memory that exists only while there are bytes in it, so an idle connection costs
/// none.
/// </summary>
public unsafe struct ByteQueue
{
    private const int MinCapacity = 512;

    // One freed block per thread is kept for the next queue: a 100 KB request would otherwise pay for fresh pages each
    // time.
    private const int MaxSpareBytes = 1 << 20;

    [ThreadStatic]
    private static byte* _spare;

    [ThreadStatic]
    private static int _spareCapacity;

    private byte* _bytes;
    private int _capacity;
    private int _start;
    private int _end;

    /// <summary>Bytes in the queue.</summary>
    public readonly int Length => _end - _start;

    /// <summary>Bytes of memory held.</summary>
    public readonly int Capacity => _capacity;

    /// <summary>Bytes of the block that the calling thread keeps for its next queue.</summary>
    public static int SpareBytes => _spare == null ? 0 : _spareCapacity;

    /// <summary>True when there are none.</summary>
    public readonly bool IsEmpty => _end == _start;

    /// <summary>The bytes. Valid until the next call that changes the queue.</summary>
    public readonly ReadOnlySpan<byte> Bytes => new(_bytes + _start, _end - _start);

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _end += bytes.Length;
    }

    /// <summary>Room for at least <paramref name="size"/> bytes at the end; call <see cref="Advance"/> with what was
    /// used.</summary>
    public Span<byte> GetSpan(int size)
    {
        if (_capacity - _end < size)
        {
            MakeRoom(size);
        }

        return new Span<byte>(_bytes + _end, _capacity - _end);
    }

    /// <summary>Counts bytes placed in the last <see cref="GetSpan"/>.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_capacity - _end));
        _end += count;
    }

    /// <summary>Drops bytes at the front; the last one gives the memory back.</summary>
    public void Consume(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Length);
        _start += count;
        if (_start == _end)
        {
            Free();
        }
    }

    /// <summary>Drops everything.</summary>
    public void Free()
    {
        Release(_bytes, _capacity);
        this = default;
    }

    private void MakeRoom(int size)
    {
        int length = Length;
        if (_start > 0 && _capacity - length >= size && _start >= length)
        {
            new ReadOnlySpan<byte>(_bytes + _start, length).CopyTo(new Span<byte>(_bytes, length));
        }
        else if (_capacity > MaxSpareBytes && _start <= length / 8)
        {
            // The system moves large blocks by their pages: no second block, and little more room than is asked for.
            new ReadOnlySpan<byte>(_bytes + _start, length).CopyTo(new Span<byte>(_bytes, length));
            long wanted = (long)length + Math.Max(size, length / 8);
            int capacity = (int)Math.Min(wanted, Array.MaxLength);
            _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)capacity);
            _capacity = capacity;
        }
        else
        {
            long wanted = Math.Max(Math.Max(MinCapacity, (long)length + size),
                Math.Min(length * 2L, length + (long)MaxSpareBytes));
            byte* bigger = Acquire((int)Math.Min(wanted, Array.MaxLength), out int capacity);
            new ReadOnlySpan<byte>(_bytes + _start, length).CopyTo(new Span<byte>(bigger, length));
            Release(_bytes, _capacity);
            _bytes = bigger;
            _capacity = capacity;
        }

        _start = 0;
        _end = length;
    }

    private static byte* Acquire(int wanted, out int capacity)
    {
        // A small wish does not get a large block: the rest of a short request may stay for hours.
        if (_spare != null && _spareCapacity >= wanted && _spareCapacity / 4 <= wanted)
        {
            byte* block = _spare;
            capacity = _spareCapacity;
            _spare = null;
            return block;
        }

        capacity = wanted;
        return (byte*)NativeMemory.Alloc((nuint)wanted);
    }

    private static void Release(byte* block, int capacity)
    {
        if (block == null || capacity > MaxSpareBytes || (_spare != null && _spareCapacity >= capacity))
        {
            NativeMemory.Free(block);
            return;
        }

        NativeMemory.Free(_spare);
        _spare = block;
        _spareCapacity = capacity;
    }
}
