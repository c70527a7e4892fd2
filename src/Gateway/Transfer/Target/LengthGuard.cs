using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Gateway.Transfer.Target;

/// <summary>
/// Keeps from a target what is longer than it reads: an argument that is too long would end its connection, and all
/// that is behind with it.
/// </summary>
/// <param name="target">Takes the rest.</param>
/// <param name="most">Longest argument it reads, in bytes.</param>
/// <param name="report">Takes the keys that are too long.</param>
internal sealed class LengthGuard(IKeyTarget target, int most, TransferReport report) : IKeyTarget, IRdbVisitor
{
    private readonly RdbValueReader _reader = new();
    private readonly Longest _longest = new();
    private TransferredKey _key;
    private IRdbVisitor? _visitor;
    private long _tooLong;

    /// <inheritdoc/>
    public bool Keeps => target.Keeps;

    /// <inheritdoc/>
    public int MostWholeBytes => Math.Min(target.MostWholeBytes, most / 2);

    public void Put(in TransferredKey key, RdbType type, ReadOnlySpan<byte> value, int version)
    {
        // The type goes in front of it.
        long length = Math.Max(key.Name.Length, 1L + value.Length + DumpPayload.FootBytes);
        if (length <= most && length * RdbValueReader.MostGrowth > most)
        {
            length = Math.Max(length, Unpacked(type, value, version));
        }

        if (length > most)
        {
            Refuse(key, length);
        }
        else
        {
            target.Put(key, type, value, version);
        }
    }

    public IRdbVisitor? BeginEntries(in TransferredKey key, RdbKind kind)
    {
        if (key.Name.Length > most)
        {
            Refuse(key, key.Name.Length);
            return null;
        }

        (_key, _tooLong) = (key, 0);
        _visitor = target.BeginEntries(key, kind);
        return _visitor is null ? null : this;
    }

    public void EndEntries()
    {
        if (_tooLong == 0)
        {
            target.EndEntries();
        }
        else
        {
            DropEntries();
            Refuse(_key, _tooLong);
        }
    }

    public void DropEntries() => target.DropEntries();

    public bool Visit(in RdbElement element)
    {
        // A field and its value go in one request.
        long length = (long)element.Name.Length + element.Value.Length;
        _tooLong = Math.Max(_tooLong, length > most ? length : 0);
        return _tooLong > 0 || _visitor!.Visit(element);
    }

    public void Finish() => target.Finish();

    public void Dispose()
    {
        _reader.Dispose();
        target.Dispose();
    }

    // A compressed string is refused for the length that it has then. What is damaged is told by the target.
    private long Unpacked(RdbType type, ReadOnlySpan<byte> value, int version)
    {
        _longest.Bytes = 0;
        _reader.Begin(type, version == RdbVersion.Valkey9);
        RdbStatus status = RdbStatus.More;
        while (status == RdbStatus.More)
        {
            status = _reader.Read(value, _longest, out int consumed);
            value = value[consumed..];
        }

        return _longest.Bytes;
    }

    private void Refuse(in TransferredKey key, long length) => report.Refuse(key.Database, key.Name,
        $"too long: {length} bytes in one piece, the gateway reads {most} (--client-memory, --max-bulk)");

    /// <summary>Measures.</summary>
    private sealed class Longest : IRdbVisitor
    {
        public long Bytes { get; set; }

        public bool Visit(in RdbElement element)
        {
            Bytes = Math.Max(Bytes, Math.Max(element.Name.Length, element.Value.Length));
            return true;
        }
    }
}
