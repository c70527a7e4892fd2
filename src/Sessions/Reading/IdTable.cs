using System.Buffers;

namespace SessionGateway.Sessions.Reading;

/// <summary>A growing table of packed values by number: in the caller's memory first, rented when it grows.</summary>
internal ref struct IdTable(Span<long> initial) : IDisposable
{
    private Span<long> _values = initial;
    private long[]? _rented;

    public int Count { get; private set; }

    public void Add(long value)
    {
        if ((uint)Count >= (uint)_values.Length)
        {
            Grow();
        }

        _values[Count++] = value;
    }

    public readonly bool TryGet(ulong id, out long value)
    {
        value = id < (ulong)Count ? _values[(int)id] : 0;
        return id < (ulong)Count;
    }

    public readonly void Replace(ulong id, long value) => _values[(int)id] = value;

    public void RemoveLast() => Count--;

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<long>.Shared.Return(_rented);
        }
    }

    private void Grow()
    {
        long[] larger = ArrayPool<long>.Shared.Rent(Math.Max(64, Count * 2));
        _values[..Count].CopyTo(larger);
        Dispose();
        _values = _rented = larger;
    }
}
