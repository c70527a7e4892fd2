using SessionGateway.Gateway.Transfer.Sources;
using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Gateway.Transfer.Target;

/// <summary>A dry run: every value is read to its end, and nothing is sent.</summary>
internal sealed class NoTarget(TransferReport report) : IKeyTarget, IRdbVisitor
{
    private readonly RdbValueReader _reader = new();

    /// <inheritdoc/>
    public bool Keeps => false;

    /// <inheritdoc/>
    public int MostWholeBytes => 256 << 10;

    public void Put(in TransferredKey key, RdbType type, ReadOnlySpan<byte> value, int version)
    {
        _reader.Begin(type, version == RdbVersion.Valkey9);
        RdbStatus status = RdbStatus.More;
        while (status == RdbStatus.More)
        {
            status = _reader.Read(value, this, out int consumed);
            value = value[consumed..];
        }

        if (status == RdbStatus.Done)
        {
            report.Taken++;
        }
        else
        {
            report.Refuse(key.Database, key.Name, $"damaged: {RdbErrorText.Of(_reader.Error)}");
        }
    }

    public IRdbVisitor BeginEntries(in TransferredKey key, RdbKind kind) => this;

    public void EndEntries() => report.Taken++;

    public void DropEntries()
    {
    }

    public bool Visit(in RdbElement element) => true;

    public void Finish()
    {
    }

    public void Dispose() => _reader.Dispose();
}
