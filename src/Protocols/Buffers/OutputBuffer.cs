using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace SessionGateway.Protocols.Buffers;

/// <summary>
/// The growing byte buffer that replies are written to. Growth is bounded: past <see cref="MaxBytes"/> further bytes
/// are dropped and <see cref="Overflowed"/> tells the owner to close the connection. The memory is unmanaged, so that
/// what one large reply took goes back to the system at once and not when the garbage collector next runs. Not thread
/// safe: one event loop owns it. Whoever makes one disposes it (a field of a disposable type, or <c>using</c>): its
/// spans do not keep it alive.
/// </summary>
public sealed unsafe class OutputBuffer : IDisposable
{
    /// <summary>
    /// Shortest value that is given away: one of 16 KB costs 8 % less so, one of 8 KB hardly anything (ADR 0016).
    /// </summary>
    public const int LeastTakenBytes = 16 << 10;

    private readonly int _initialBytes;
    private byte* _bytes;
    private int _capacity;
    private int _length;
    private bool _isFull;

    /// <summary>Makes an empty buffer.</summary>
    public OutputBuffer(int initialBytes, int maxBytes)
    {
        _initialBytes = initialBytes;
        MaxBytes = maxBytes;
        _bytes = (byte*)NativeMemory.Alloc((nuint)initialBytes);
        _capacity = initialBytes;
    }

    /// <summary>Finds a buffer that nobody disposed; it frees nothing, because a span of it may be read
    /// still.</summary>
    ~OutputBuffer() => LostOwner.Report(nameof(OutputBuffer));

    /// <summary>Bytes written and not cleared.</summary>
    public int Length => _length;

    /// <summary>The limit; whose replies are written next may have another.</summary>
    public int MaxBytes { get; set; }

    /// <summary>True after a write that did not fit below <see cref="MaxBytes"/>; the buffer is empty then.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Bytes the buffer can take without growing.</summary>
    public int Capacity => _capacity;

    /// <summary>Called before the buffer grows, with the bytes that do not fit; what it throws, the writer
    /// throws.</summary>
    public Action<int>? BeforeGrow { get; set; }

    /// <summary>Who may take bytes before the reply is complete; null: nobody.</summary>
    public IOutputTaker? Taker { get; set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => new(_bytes, _length);

    /// <summary>Forgets what was written; memory beyond <paramref name="keepBytes"/> is given back.</summary>
    public void Clear(int keepBytes = int.MaxValue)
    {
        _length = 0;
        Overflowed = _isFull = false;
        if (_capacity > keepBytes && _capacity > _initialBytes)
        {
            _capacity = Math.Max(keepBytes, _initialBytes);
            NativeMemory.Free(_bytes);
            _bytes = (byte*)NativeMemory.Alloc((nuint)_capacity);
        }
    }

    /// <summary>Takes back everything written after the given length (an earlier <see cref="Length"/>).</summary>
    public void Truncate(int length) => _length = Math.Min(_length, length);

    /// <summary>Room for at least <paramref name="size"/> bytes at the end; call <see cref="Advance"/> with what was
    /// used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> GetSpan(int size)
    {
        if (_capacity - _length < size)
        {
            Grow(size);
        }

        return new Span<byte>(_bytes + _length, _capacity - _length);
    }

    /// <summary>Counts bytes placed in the last <see cref="GetSpan"/> as written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_capacity - _length));
        _length += count;
        if (_length > MaxBytes)
        {
            Overflow();
        }
    }

    /// <summary>Appends bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if ((uint)bytes.Length > (uint)(MaxBytes - _length))
        {
            Overflow();
            return;
        }

        bytes.CopyTo(GetSpan(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>
    /// Appends a value and what ends it. What was written before, the value and its end are given to the
    /// <see cref="Taker"/> at once; only what it does not take is copied. Nothing of what was written so far can be
    /// taken back (<see cref="Truncate"/>), and <see cref="Length"/> may be less than before.
    /// </summary>
    public void WriteTaken(ReadOnlySpan<byte> value, ReadOnlySpan<byte> end)
    {
        int taken = 0;
        long length = (long)_length + value.Length + end.Length;
        if (!_isFull && !Overflowed && length <= MaxBytes && Taker is { } taker)
        {
            taken = taker.Take(Written, value, end);

            // It is not asked again before somebody has had time to read.
            _isFull = taken < length;
        }

        Drop(ref taken);
        Write(value[Math.Min(taken, value.Length)..]);
        Write(end[Math.Max(0, taken - value.Length)..]);
    }

    /// <summary>Appends one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(byte value)
    {
        GetSpan(1)[0] = value;
        Advance(1);
    }

    /// <summary>Appends a decimal number.</summary>
    public void WriteNumber(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out int written);
        Advance(written);
    }

    /// <summary>Appends an unsigned decimal number.</summary>
    public void WriteNumber(ulong value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out int written);
        Advance(written);
    }

    /// <summary>Appends text as UTF-8.</summary>
    public void WriteText(string text)
    {
        Utf8.FromUtf16(text, GetSpan(text.Length * 3), out _, out int written);
        Advance(written);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    // Of the bytes that were taken, those that were written before.
    private void Drop(ref int taken)
    {
        int dropped = Math.Min(taken, _length);
        taken -= dropped;
        _length -= dropped;
        new ReadOnlySpan<byte>(_bytes + dropped, _length).CopyTo(new Span<byte>(_bytes, _length));
    }

    private void Overflow()
    {
        Overflowed = true;
        _length = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size)
    {
        BeforeGrow?.Invoke(size);
        long wanted = Math.Max((long)_capacity * 2, (long)_length + size);
        if ((long)_length + size > Array.MaxLength)
        {
            throw new OutOfMemoryException("A reply of more than two gigabytes.");
        }

        // The capacity follows the memory: without memory the buffer stays as it was.
        int capacity = (int)Math.Min(wanted, Array.MaxLength);
        _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)capacity);
        _capacity = capacity;
    }

    private void Free()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        _capacity = 0;
        _length = 0;
    }
}
