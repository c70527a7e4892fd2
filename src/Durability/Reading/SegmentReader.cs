using SessionGateway.Durability.Checksums;
using SessionGateway.Durability.Files;
using SessionGateway.Durability.Format;
using SessionGateway.Durability.Sealing;
using SessionGateway.Durability.Writing;

namespace SessionGateway.Durability.Reading;

/// <summary>Reads the records of a segment in their order.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly IStorageFile _file;
    private readonly LogKeys _keys;
    private readonly string _name;
    private SegmentCipher? _cipher;
    private byte[] _run = [];
    private int _runAt;
    private int _runLength;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private int _at;
    private int _filled;
    private long _fileAt;

    /// <summary>Opens a segment.</summary>
    /// <param name="storage">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="keys">Those that it may be encrypted with.</param>
    public SegmentReader(IStorage storage, string name, LogKeys keys)
    {
        _keys = keys;
        _name = name;
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

    /// <summary>Where the record that was read last began; of those that were encrypted together, where they
    /// began.</summary>
    public long RecordOffset { get; private set; }

    /// <summary>Finds the key of an encrypted segment; afterwards records are read.</summary>
    /// <exception cref="LogException">It is not there.</exception>
    public void Unlock()
    {
        if ((Header.Flags & SegmentFlags.Sealed) == 0 || _cipher is not null || Length == SegmentHeader.Bytes)
        {
            return;
        }

        if (ReadOuter(out ReadOnlySpan<byte> body) != RecordStatus.Record)
        {
            // Never whole, and nothing was written behind it, or damaged: who reads it as a record finds out.
            return;
        }

        if (!SegmentCipher.ReadKey(body, out ReadOnlySpan<byte> id, out ReadOnlySpan<byte> salt))
        {
            throw new LogException($"{_name} is encrypted in a way that this version does not know") { File = _name };
        }

        LogKey key = _keys.Find(id) ?? throw new LogException(
            $"{_name} is encrypted with key {Convert.ToHexStringLower(id)}, which is not "
                + (_keys.All.Count == 0 ? "given (--data-key-file)" : "among those given")) { File = _name };
        Span<byte> header = stackalloc byte[SegmentHeader.Bytes];
        Header.Write(header);
        _cipher = new SegmentCipher(key, salt, header);
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="body">Its body, valid until the next call.</param>
    public RecordStatus Read(out ReadOnlySpan<byte> body)
    {
        while (true)
        {
            if (_runAt < _runLength)
            {
                return ReadInner(out body);
            }

            RecordOffset = Offset;
            RecordStatus status = ReadOuter(out body);
            if (status != RecordStatus.Record || body[0] != (byte)RecordKind.Sealed)
            {
                return status;
            }

            status = OpenRun(body);
            if (status != RecordStatus.Record)
            {
                body = default;
                return status;
            }
        }
    }

    // All of what was sealed together: a record may be longer than what is sealed at once.
    private RecordStatus OpenRun(ReadOnlySpan<byte> body)
    {
        _runAt = _runLength = 0;
        long place = RecordOffset;
        while (true)
        {
            int length = SegmentCipher.LengthOf(body);
            if (_run.Length < _runLength + length)
            {
                Array.Resize(ref _run, Math.Max(_runLength + length, Math.Max(2 * RunSealer.RunBytes,
                    (int)Math.Min(Array.MaxLength, 2L * _run.Length))));
            }

            if (_cipher is null || !_cipher.TryOpen(body, place, _run.AsSpan(_runLength, length)))
            {
                _runLength = 0;
                return RecordStatus.Forged;
            }

            _runLength += length;
            if (body[1] == 0)
            {
                return RecordStatus.Record;
            }

            place = Offset;
            if (ReadOuter(out body) != RecordStatus.Record || body[0] != (byte)RecordKind.Sealed)
            {
                _runLength = 0;
                return RecordStatus.Broken;
            }
        }
    }

    private RecordStatus ReadInner(out ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> rest = _run.AsSpan(_runAt, _runLength - _runAt);
        body = default;
        if (rest.Length < RecordHead.Bytes || !RecordHead.Read(rest, out int length, out uint crc)
            || length > rest.Length - RecordHead.Bytes
            || Crc32C.End(Crc32C.Append(RecordHead.StartSum(length), rest.Slice(RecordHead.Bytes, length))) != crc)
        {
            return RecordStatus.Forged;
        }

        body = rest.Slice(RecordHead.Bytes, length);
        _runAt += RecordHead.Bytes + length;
        return RecordStatus.Record;
    }

    private RecordStatus ReadOuter(out ReadOnlySpan<byte> body)
    {
        body = default;
        long offset = Offset;
        if (!Fill(RecordHead.Bytes))
        {
            return _filled == _at ? RecordStatus.End : RecordStatus.Broken;
        }

        if (!RecordHead.Read(_buffer.AsSpan(_at), out int length, out uint crc)
            || length > Length - offset - RecordHead.Bytes || !Fill(RecordHead.Bytes + length))
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

    /// <summary>Where the zeros begin that were written ahead (<see cref="LogSettings.RoomBytes"/>) and not written
    /// over; the end of the file when there are none, or more than are ever written.</summary>
    /// <param name="from">Where they begin at the earliest.</param>
    public long FindWritten(long from)
    {
        long at = Math.Max(from, Length - LogSettings.MostRoomBytes);
        byte[] bytes = new byte[Length - at];
        int count = bytes.AsSpan(0, _file.Read(at, bytes)).LastIndexOfAnyExcept((byte)0) + 1;
        return count > 0 || at == from ? at + count : Length;
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
    public void Dispose()
    {
        _cipher?.Dispose();
        _file.Dispose();
    }

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
