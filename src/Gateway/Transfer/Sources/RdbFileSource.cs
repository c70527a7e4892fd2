using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.Transfer.Target;
using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Gateway.Transfer.Sources;

/// <summary>
/// A dump file. A value is kept until its end is found, unless it is a large collection: then its entries go one by
/// one. So no more is kept than the longest string of the file.
/// </summary>
internal sealed class RdbFileSource : IDisposable
{
    private const int FirstBytes = 1 << 20;
    private const string StdIn = "-";

    private readonly RdbFileReader _reader = new();
    private readonly Stream _stream;
    private readonly string _name;
    private readonly TransferReport _report;
    private IKeyTarget _target = null!;
    private byte[] _window = new byte[FirstBytes];
    private int _start;
    private int _end;

    /// <summary>Opens a file, or stdin (<c>-</c>).</summary>
    /// <exception cref="SessionToolException">It cannot be read.</exception>
    public RdbFileSource(string file, TransferReport report)
    {
        _name = file == StdIn ? "stdin" : file;
        _report = report;
        try
        {
            _stream = file == StdIn ? Console.OpenStandardInput() : File.OpenRead(file);
            report.Total = _stream.CanSeek ? _stream.Length : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new SessionToolException($"cannot read '{file}': {e.Message}");
        }
    }

    /// <summary>Gives all keys to the target.</summary>
    /// <exception cref="SessionToolException">The file is damaged, or ends early; what came before was
    /// given.</exception>
    public void Run(IKeyTarget target)
    {
        _target = target;
        while (true)
        {
            RdbStatus status = _reader.Read(Window, out RdbRecord record, out int consumed);
            _start += consumed;
            switch (status)
            {
                case RdbStatus.NeedMoreData:
                    Fill(_start, _reader.NeedBytes);
                    break;
                case RdbStatus.Damaged:
                    throw Damaged();
                case RdbStatus.Done when record.Kind == RdbRecordKind.End:
                    return;
                case RdbStatus.Done when record.Kind == RdbRecordKind.Key:
                    var key = new TransferredKey(
                        record.Database, record.Name.ToArray(), record.ExpiresAt, record.IdleSeconds);
                    Take(key, record.Type);
                    _report.Look(_reader.Position);
                    break;
                case RdbStatus.Done when record.Kind is RdbRecordKind.Function or RdbRecordKind.ModuleAuxiliary:
                    _report.Refuse(0, default, record.Kind == RdbRecordKind.Function
                        ? "a library of functions" : "what a module keeps beside keys");
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private ReadOnlySpan<byte> Window => _window.AsSpan(_start, _end - _start);

    private void Take(in TransferredKey key, RdbType type)
    {
        RdbKind kind = RdbTypes.KindOf(type);
        bool isOver = key.ExpiresAt != 0 && key.ExpiresAt <= _report.Now;
        if (isOver || kind > RdbKind.Hash)
        {
            Read(null);
            if (isOver)
            {
                _report.Expired++;
            }
            else
            {
                _report.Refuse(key.Database, key.Name, RdbErrorText.Of(kind));
            }

            return;
        }

        if (TryKeep(kind, out int length))
        {
            _target.Put(key, type, _window.AsSpan(_start, length), _reader.Version);
            _start += length;
            return;
        }

        _reader.RestartValue();
        IRdbVisitor? visitor = _target.BeginEntries(key, kind);
        Read(visitor);
        if (visitor is not null)
        {
            _target.EndEntries();
        }
    }

    // To the end of the value.
    private void Read(IRdbVisitor? visitor)
    {
        RdbStatus status;
        do
        {
            status = _reader.ReadValue(Window, visitor, out int consumed);
            _start += consumed;
            if (status == RdbStatus.NeedMoreData)
            {
                Fill(_start, _reader.NeedBytes);
            }
            else if (status == RdbStatus.Damaged)
            {
                throw Damaged();
            }
        }
        while (status != RdbStatus.Done);
    }

    // Finds the end of the value without giving its start away; false when it is too far for a collection.
    private bool TryKeep(RdbKind kind, out int length)
    {
        length = 0;
        while (true)
        {
            RdbStatus status = _reader.ReadValue(_window.AsSpan(_start + length, _end - _start - length), null,
                out int consumed);
            length += consumed;
            if (status == RdbStatus.Done)
            {
                return true;
            }

            if (status == RdbStatus.Damaged)
            {
                throw Damaged();
            }

            if (kind != RdbKind.String && length > _target.MostWholeBytes)
            {
                return false;
            }

            if (status == RdbStatus.NeedMoreData)
            {
                Fill(_start, length + _reader.NeedBytes);
            }
        }
    }

    // Keeps what is behind a place, and reads on until so many bytes are there.
    private void Fill(int keep, int needed)
    {
        if (keep + needed > _window.Length)
        {
            byte[] larger = needed > _window.Length / 2
                ? new byte[Math.Min((long)needed * 2, Math.Max(needed, Array.MaxLength))] : _window;
            _window.AsSpan(keep, _end - keep).CopyTo(larger);
            (_window, _end, _start) = (larger, _end - keep, _start - keep);
        }

        int wanted = _start + needed;
        while (_end < wanted)
        {
            int count;
            try
            {
                count = _stream.Read(_window.AsSpan(_end));
            }
            catch (IOException e)
            {
                throw new SessionToolException($"cannot read '{_name}': {e.Message}");
            }

            _end += count > 0 ? count
                : throw new SessionToolException($"'{_name}' ends early, at {_reader.Position + _end - _start}");
        }
    }

    private SessionToolException Damaged() => _reader.Error switch
    {
        RdbError.NotRdb => new($"'{_name}' is no dump file of Redis"),
        RdbError.Version => new($"'{_name}' is a dump file of version {_reader.Version}, which is not read"),
        RdbError error => new($"'{_name}' is damaged at {_reader.Position}: {RdbErrorText.Of(error)}"
            + (_target.Keeps ? "; the keys before it were taken" : "")),
    };
}
