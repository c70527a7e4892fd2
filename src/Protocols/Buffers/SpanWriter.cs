using System.Buffers.Binary;
using System.Buffers.Text;

namespace SessionGateway.Protocols.Buffers;

/// <summary>
/// Appends to a span. The owner knows how much it will be: a span that is too short is an error of the program and
/// throws <see cref="ArgumentException"/>.
/// </summary>
public ref struct SpanWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public readonly ReadOnlySpan<byte> Written => _destination[..Length];

    /// <summary>Appends bytes.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Length..]);
        Length += bytes.Length;
    }

    /// <summary>Appends a number in decimal digits.</summary>
    public void WriteNumber(long number)
    {
        if (!Utf8Formatter.TryFormat(number, _destination[Length..], out int digits))
        {
            throw new ArgumentException("the span is too short for the number", nameof(number));
        }

        Length += digits;
    }

    /// <summary>Appends a number in decimal digits.</summary>
    public void WriteNumber(ulong number)
    {
        if (!Utf8Formatter.TryFormat(number, _destination[Length..], out int digits))
        {
            throw new ArgumentException("the span is too short for the number", nameof(number));
        }

        Length += digits;
    }

    /// <summary>Appends four bytes, the highest first.</summary>
    public void WriteUInt32BigEndian(uint number) => BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), number);

    /// <summary>Appends eight bytes, the highest first.</summary>
    public void WriteUInt64BigEndian(ulong number) =>
        BinaryPrimitives.WriteUInt64BigEndian(Take(sizeof(ulong)), number);

    /// <summary>Appends so many bytes, which the caller fills.</summary>
    public Span<byte> Take(int length)
    {
        Span<byte> room = _destination.Slice(Length, length);
        Length += length;
        return room;
    }
}
