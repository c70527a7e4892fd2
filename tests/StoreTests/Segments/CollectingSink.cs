using System.Text;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.StoreTests.Segments;

/// <summary>Keeps the items of a snapshot; a second hand-over of a key fails the test.</summary>
public sealed class CollectingSink : ISnapshotSink
{
    /// <summary>Database and key to value and expiry.</summary>
    public Dictionary<(int Database, string Key), (byte[] Value, long ExpiresAt)> Items { get; } = [];

    /// <summary>Reads collections.</summary>
    public CollectionReader Pages { get; } = new();

    /// <inheritdoc/>
    public void OnPage(int database, ulong number, ReadOnlySpan<byte> page)
    {
        lock (Items)
        {
            Pages.AddPage(database, number, page);
        }
    }

    /// <inheritdoc/>
    public void OnItem(in ItemKey key, in ItemView item)
    {
        lock (Items)
        {
            Items.Add((key.Database, Encoding.Latin1.GetString(key.Bytes)), (item.Value.ToArray(), item.ExpiresAt));
        }
    }
}
