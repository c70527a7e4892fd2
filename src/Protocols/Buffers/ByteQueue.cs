using System.Runtime.InteropServices;

namespace SessionGateway.Protocols.Buffers;

/// <summary>
/// Bytes that come in at the end and go out at the front: what a connection received but could not read yet, or wrote but
/// could not send yet. Unmanaged memory that exists only while there are bytes in it, so an idle connection costs none.
/// </summary>
public unsafe struct ByteQueue
{
    private const int MinCapacity = 512;

    private byte* _bytes;
    private int _capacity;
    private int _start;
    private int _end;

    /// <summary>Bytes in the queue.</summary>
    public readonly int Length => _end - _start;

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

    /// <summary>Room for at least <paramref name="size"/> bytes at the end; call <see cref="Advance"/> with what was used.</summary>
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
        NativeMemory.Free(_bytes);
        this = default;
    }

    private void MakeRoom(int size)
    {
        int length = Length;
        if (_start > 0 && _capacity - length >= size && _start >= length)
        {
            new ReadOnlySpan<byte>(_bytes + _start, length).CopyTo(new Span<byte>(_bytes, length));
        }
        else
        {
            long capacity = Math.Max(Math.Max(MinCapacity, (long)length + size), length * 2L);
            byte* bigger = (byte*)NativeMemory.Alloc((nuint)Math.Min(capacity, Array.MaxLength));
            new ReadOnlySpan<byte>(_bytes + _start, length).CopyTo(new Span<byte>(bigger, length));
            NativeMemory.Free(_bytes);
            _bytes = bigger;
            _capacity = (int)Math.Min(capacity, Array.MaxLength);
        }

        _start = 0;
        _end = length;
    }
}
