using System.Buffers.Text;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>Appends to a buffer that is known to be large enough.</summary>
internal ref struct Cursor(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Length { get; private set; }

    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Length..]);
        Length += bytes.Length;
    }

    /// <summary>A number in decimal digits.</summary>
    public void AddNumber(long number)
    {
        if (!Utf8Formatter.TryFormat(number, _destination[Length..], out int written))
            throw new LoadException("a request is longer than its buffer");
        Length += written;
    }

    /// <summary>Room of this many bytes for the caller to fill.</summary>
    public Span<byte> Take(int bytes)
    {
        Span<byte> room = _destination.Slice(Length, bytes);
        Length += bytes;
        return room;
    }
}
