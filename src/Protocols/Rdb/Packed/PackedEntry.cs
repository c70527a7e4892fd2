using System.Buffers.Text;

namespace SessionGateway.Protocols.Rdb.Packed;

/// <summary>An entry: bytes or a number.</summary>
internal readonly ref struct PackedEntry
{
    /// <summary>Longest number as text.</summary>
    public const int MostDigits = 20;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isNumber;

    /// <summary>Bytes.</summary>
    public PackedEntry(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>A number.</summary>
    public PackedEntry(long number)
    {
        Number = number;
        _isNumber = true;
    }

    /// <summary>The number.</summary>
    public long Number { get; }

    /// <summary>True for a number.</summary>
    public bool IsNumber => _isNumber;

    /// <summary>The bytes, those of a number in a buffer of <see cref="MostDigits"/>.</summary>
    public ReadOnlySpan<byte> Text(Span<byte> digits)
    {
        if (!_isNumber)
        {
            return _bytes;
        }

        Utf8Formatter.TryFormat(Number, digits, out int length);
        return digits[..length];
    }
}
