using SessionGateway.Durability.Checksums;
using SessionGateway.Durability.Files;
using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Reading;

/// <summary>Reads the records of a segment in their order.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly IStorageFile _file;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private int _at;
    private int _filled;
    private long _fileAt;

    /// <summary>Opens a segment.</summary>
    public SegmentReader(IStorage storage, string name)
    {
        _file = storage.Open(name);
        Length = _file.Length;
        Fill(SegmentHeader.Bytes);
        HeaderStatus = SegmentHeader.Read(_buffer.AsSpan(0, _filled), out SegmentHeader header);
        Header = header;
        _at += HeaderStatus == HeaderStatus.Read ? SegmentHeader.Bytes : 0;
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Whether it has a header.</summary>
    public HeaderStatus HeaderStatus { get; }

    /// <summary>The header.</summary>
    public SegmentHeader Header { get; }

    /// <summary>Where the next record begins.</summary>
    public long Offset => _fileAt - _filled + _at;

    /// <summary>Where the record that was read last began.</summary>
    public long RecordOffset { get; private set; }

    /// <summary>Reads the next record.</summary>
    /// <param name="body">Its body, valid until the next call.</param>
    public RecordStatus Read(out ReadOnlySpan<byte> body)
    {
        body = default;
        RecordOffset = Offset;
        if (!Fill(RecordHead.Bytes))
        {
            return _filled == _at ? RecordStatus.End : RecordStatus.Broken;
        }

        if (!RecordHead.Read(_buffer.AsSpan(_at), out int length, out uint crc)
            || length > Length - RecordOffset - RecordHead.Bytes || !Fill(RecordHead.Bytes + length))
        {
            return RecordStatus.Broken;
        }

        body = _buffer.AsSpan(_at + RecordHead.Bytes, length);
        if (Crc32C.End(Crc32C.Append(RecordHead.StartSum(length), body)) != crc)
        {
            body = default;
            return RecordStatus.Broken;
        }

        _at += RecordHead.Bytes + length;
        return RecordStatus.Record;
    }

    /// <summary>How much of the segment was on the disk once, by the marks behind a broken record.</summary>
    public long FindSynced(long from)
    {
        long highest = 0;
        byte[] window = GC.AllocateUninitializedArray<byte>(BufferBytes + SyncMark.Bytes);
        for (long at = from; at < Length; at += BufferBytes)
        {
            int count = _file.Read(at, window);
            highest = Math.Max(highest, SyncMark.Highest(window.AsSpan(0, count)));
        }

        return highest;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool Fill(int count)
    {
        if (_filled - _at >= count)
        {
            return true;
        }

        _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer);
        _filled -= _at;
        _at = 0;
        if (_buffer.Length < count)
        {
            Array.Resize(ref _buffer, count + BufferBytes);
        }

        while (_filled < count)
        {
            int read = _file.Read(_fileAt, _buffer.AsSpan(_filled));
            if (read == 0)
            {
                return false;
            }

            _filled += read;
            _fileAt += read;
        }

        return true;
    }
}
