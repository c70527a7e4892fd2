using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Gateway.Transfer.Target;

/// <summary>Takes keys with their values as RDB has them.</summary>
internal interface IKeyTarget : IDisposable
{
    /// <summary>What it takes is there afterwards; false in a dry run.</summary>
    bool Keeps { get; }

    /// <summary>A longer collection comes entry by entry.</summary>
    int MostWholeBytes { get; }

    /// <summary>Takes a key whose value is at hand.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">How the value is encoded.</param>
    /// <param name="value">The value.</param>
    /// <param name="version">The version that its encoding is of.</param>
    void Put(in TransferredKey key, RdbType type, ReadOnlySpan<byte> value, int version);

    /// <summary>Begins a key whose entries come one by one.</summary>
    /// <returns>Takes them; null when the key is not wanted, as was reported.</returns>
    IRdbVisitor? BeginEntries(in TransferredKey key, RdbKind kind);

    /// <summary>All entries have come.</summary>
    void EndEntries();

    /// <summary>No more entries come, and those that came are not wanted.</summary>
    void DropEntries();

    /// <summary>Everything is sent, and answered.</summary>
    void Finish();
}
