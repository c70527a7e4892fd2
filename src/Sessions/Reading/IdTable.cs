using System.Buffers;

namespace SessionGateway.Sessions.Reading;

/// <summary>A growing table of packed values by number, rented until disposed.</summary>
internal ref struct IdTable : IDisposable
{
    private long[]? _values;

    public int Count { get; private set; }

    public void Add(long value)
    {
        if (_values is null || Count == _values.Length)
        {
            Grow();
        }

        _values![Count++] = value;
    }

    public readonly bool TryGet(ulong id, out long value)
    {
        value = id < (ulong)Count ? _values![id] : 0;
        return id < (ulong)Count;
    }

    public readonly void Replace(ulong id, long value) => _values![id] = value;

    public void RemoveLast() => Count--;

    public readonly void Dispose()
    {
        if (_values is not null)
        {
            ArrayPool<long>.Shared.Return(_values);
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<long>.Shared.Rent(Math.Max(32, Count * 2));
        _values.AsSpan(0, Count).CopyTo(larger);
        Dispose();
        _values = larger;
    }
}
