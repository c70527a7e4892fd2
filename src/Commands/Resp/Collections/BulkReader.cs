using System.Buffers.Text;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>Reads bulk strings that an <see cref="ElementWriter"/> wrote.</summary>
internal ref struct BulkReader(ReadOnlySpan<byte> bulks)
{
    private ReadOnlySpan<byte> _rest = bulks;

    /// <summary>Reads the next one.</summary>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        Utf8Parser.TryParse(_rest[1..], out int length, out int digits);
        value = _rest.Slice(digits + 3, length);
        _rest = _rest[(digits + 3 + length + 2)..];
        return true;
    }
}
