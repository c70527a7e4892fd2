namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>Cuts bytes that come in any pieces into lines, and steps over data between them. It keeps the start of a
/// line whose end has not come.</summary>
internal sealed class LineCutter(int mostBytes)
{
    private byte[] _start = [];
    private int _length;
    private long _skip;

    /// <summary>True when no line has begun and nothing is to be stepped over.</summary>
    public bool IsBetween => _length == 0 && _skip == 0;

    /// <summary>True when a line came that is longer than allowed.</summary>
    public bool IsOverlong { get; private set; }

    /// <summary>The next bytes are no line.</summary>
    public void Skip(int bytes) => _skip += bytes;

    /// <summary>Takes the next line from the start of the bytes.</summary>
    /// <param name="bytes">What has come; what is done with is cut off.</param>
    /// <param name="line">The line without its end, until the next call.</param>
    /// <returns>False when no whole line is left: the bytes are all taken then.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        int skipped = (int)Math.Min(_skip, bytes.Length);
        _skip -= skipped;
        bytes = bytes[skipped..];
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0 || IsOverlong)
        {
            Keep(bytes);
            bytes = default;
            line = default;
            return false;
        }

        if (_length > 0)
        {
            Keep(bytes[..end]);
            line = _start.AsSpan(0, _length);
            _length = 0;
        }
        else
        {
            line = bytes[..end];
        }

        bytes = bytes[(end + 1)..];
        line = line is [.., (byte)'\r'] ? line[..^1] : line;
        return !IsOverlong;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || _length + bytes.Length > mostBytes)
        {
            IsOverlong |= !bytes.IsEmpty;
            return;
        }

        if (_length + bytes.Length > _start.Length)
        {
            Array.Resize(ref _start, Math.Max(128, 2 * (_length + bytes.Length)));
        }

        bytes.CopyTo(_start.AsSpan(_length));
        _length += bytes.Length;
    }
}
