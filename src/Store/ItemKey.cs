namespace SessionGateway.Store;

/// <summary>
/// A key as the store sees it: the bytes, the database they belong to (0 is the memcached key space) and their hash.
/// Made by <see cref="ItemStore.Key"/>, which owns the hash seed.
/// </summary>
public readonly ref struct ItemKey
{
    internal ItemKey(ReadOnlySpan<byte> bytes, int database, ulong hash)
    {
        Bytes = bytes;
        Database = database;
        Hash = hash;
    }

    /// <summary>The key bytes, 0 to <see cref="ItemStore.MaxKeyBytes"/>; any byte value is allowed. Only RESP can name
    /// the empty key.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Database index, 0 to <see cref="ItemStore.DatabaseCount"/> - 1.</summary>
    public int Database { get; }

    /// <summary>Seeded 64-bit hash of database and bytes; the top bits choose the shard.</summary>
    public ulong Hash { get; }
}
