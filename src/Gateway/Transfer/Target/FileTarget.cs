using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Gateway.Transfer.Target;

/// <summary>A file that Redis starts with.</summary>
internal sealed class FileTarget : IKeyTarget, IRdbVisitor
{
    private const int MostGatheredBytes = 1 << 20;

    private readonly FileStream _file;
    private readonly RdbFileWriter _writer;
    private readonly RdbValueWriter _value = new(int.MaxValue);
    private readonly RdbValueReader _reader = new();
    private readonly OutputBuffer _whole = new(MostGatheredBytes, int.MaxValue);
    private readonly TransferReport _report;
    private readonly int _version;
    private TransferredKey _key;

    /// <summary>Begins a file.</summary>
    public FileTarget(string path, int version, TransferReport report)
    {
        // It holds sessions: others of this machine have no business with it.
        var mode = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, mode);
        _version = version;
        _report = report;
        _writer = new RdbFileWriter(version, ("redis-ver", version >= RdbVersion.Redis74 ? "7.4.0" : "7.0.15"),
            ("redis-bits", "64"), ("ctime", $"{report.Now / 1000}"));
    }

    /// <inheritdoc/>
    public bool Keeps => true;

    /// <inheritdoc/>
    public int MostWholeBytes => int.MaxValue;

    public void Put(in TransferredKey key, RdbType type, ReadOnlySpan<byte> value, int version)
    {
        if (version > _version && type is RdbType.HashExpiring)
        {
            _report.Refuse(key.Database, key.Name, "its fields have expiries: --rdb-version 12 keeps them");
            return;
        }

        // Version 9 has other encodings for collections.
        if (_version >= RdbVersion.Redis70 || type == RdbType.String)
        {
            Write(key, type, value);
            return;
        }

        _ = BeginEntries(key, RdbTypes.KindOf(type));
        _reader.Begin(type, isValkey: false);
        RdbStatus status = RdbStatus.More;
        while (status == RdbStatus.More)
        {
            status = _reader.Read(value, this, out int consumed);
            value = value[consumed..];
        }

        EndEntries();
    }

    public IRdbVisitor BeginEntries(in TransferredKey key, RdbKind kind)
    {
        _key = key;
        _value.Begin(kind, isPacked: false, _version);
        return this;
    }

    public void EndEntries()
    {
        _whole.Clear(MostGatheredBytes);
        _value.End(_whole);
        var type = (RdbType)_whole.Written[0];
        _whole.Write(_value.Body.Written);
        Write(_key, type, _whole.Written[1..]);
    }

    // The next key begins with an empty value.
    public void DropEntries()
    {
    }

    public bool Visit(in RdbElement element)
    {
        _value.Add(element);
        return true;
    }

    public void Finish()
    {
        _writer.End();
        _writer.Take(_file);
        _file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _value.Dispose();
        _reader.Dispose();
        _whole.Dispose();
        _file.Dispose();
    }

    private void Write(in TransferredKey key, RdbType type, ReadOnlySpan<byte> value)
    {
        _writer.Write(key.Database, key.Name, key.ExpiresAt, type, value);
        _report.Taken++;
        if (_writer.Output.Length >= MostGatheredBytes)
        {
            _writer.Take(_file);
        }
    }
}
