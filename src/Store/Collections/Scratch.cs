using System.Buffers;

namespace SessionGateway.Store.Collections;

/// <summary>Bytes for a moment; leave it with <c>using</c>.</summary>
internal ref struct Scratch
{
    private byte[]? _array;

    public Scratch(int length)
    {
        _array = ArrayPool<byte>.Shared.Rent(length);
        Span = _array.AsSpan(0, length);
    }

    public Span<byte> Span { get; }

    public void Dispose()
    {
        if (_array is { } array)
        {
            _array = null;
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
