using System.Buffers.Binary;
using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// A copy that comes, beside the items that are served meanwhile: a file without a name, gone with the process. It is
/// looked at only when it is whole.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const int ChecksumBytes = sizeof(ulong);

    private readonly FileStream _file;
    private readonly byte[] _last = new byte[ChecksumBytes];
    private ulong _crc;
    private int _lastLength;

    /// <summary>Makes one.</summary>
    /// <param name="directory">Where its bytes lie.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public Spool(string directory)
    {
        string path = Path.Combine(directory, $"gateway-copy-{Environment.ProcessId}-{Guid.NewGuid():n}.tmp");
        var mode = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, mode);
    }

    /// <summary>Bytes of it.</summary>
    public long Length { get; private set; }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        Length += bytes.Length;
        Sum(bytes);
    }

    /// <summary>Begins to read.</summary>
    /// <returns>False when the bytes are not those that were sent: their checksum is wrong.</returns>
    public bool TryRewind()
    {
        _file.Position = 0;
        ulong expected = BinaryPrimitives.ReadUInt64LittleEndian(_last);
        return _lastLength == ChecksumBytes && (expected == 0 || expected == _crc);
    }

    /// <summary>Reads on.</summary>
    public int Read(Span<byte> room) => _file.Read(room);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Of all but the last eight bytes, which are the checksum.
    private void Sum(ReadOnlySpan<byte> bytes)
    {
        int spare = Math.Max(0, _lastLength + bytes.Length - ChecksumBytes);
        int ofLast = Math.Min(spare, _lastLength);
        _crc = Crc64.Append(_crc, _last.AsSpan(0, ofLast));
        _last.AsSpan(ofLast, _lastLength - ofLast).CopyTo(_last);
        _lastLength -= ofLast;
        _crc = Crc64.Append(_crc, bytes[..(spare - ofLast)]);
        ReadOnlySpan<byte> rest = bytes[(spare - ofLast)..];
        rest.CopyTo(_last.AsSpan(_lastLength));
        _lastLength += rest.Length;
    }
}
