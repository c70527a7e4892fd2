namespace SessionGateway.Store.Mutations;

/// <summary>
/// Reads of one shard that have not been told yet. A read is worth telling when it is the first since the item was
/// written, or when the last one that was told is a minute old: policies that go by last access look at minutes.
/// </summary>
internal sealed class AccessBatch
{
    /// <summary>Milliseconds between two accesses of an item that are told.</summary>
    public const long StepMilliseconds = 60_000;

    // The longest key and a few dozen usual ones.
    private readonly byte[] _bytes = new byte[ItemStore.MaxKeyBytes + AccessReader.HeaderBytes];
    private int _length;

    /// <summary>The entries.</summary>
    public ReadOnlySpan<byte> Entries => _bytes.AsSpan(0, _length);

    /// <summary>False when the batch has to be told first.</summary>
    public bool TryAdd(in ItemKey key, ulong cas, long at)
    {
        if (_length + AccessReader.HeaderBytes + key.Bytes.Length > _bytes.Length)
        {
            return false;
        }

        _length += AccessReader.Write(_bytes.AsSpan(_length), key, cas, at);
        return true;
    }

    /// <summary>It was told.</summary>
    public void Clear() => _length = 0;
}
