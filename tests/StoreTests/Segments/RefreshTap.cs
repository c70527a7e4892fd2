using System.Text;
using SessionGateway.Store;

namespace SessionGateway.StoreTests.Segments;

/// <summary>Tells writes of new values from writes of the same.</summary>
public sealed class RefreshTap : IMutationTap
{
    /// <summary>One line per write.</summary>
    public List<string> Lines { get; } = [];

    /// <inheritdoc/>
    public void OnPut(in ItemKey key, in ItemView item) => Lines.Add($"put {Encoding.Latin1.GetString(item.Value)}");

    /// <inheritdoc/>
    public void OnRefreshed(in ItemKey key, in ItemView item) =>
        Lines.Add($"refresh {Encoding.Latin1.GetString(item.Value)} {item.ExpiresAt}");

    /// <inheritdoc/>
    public void OnExpiryChanged(in ItemKey key, long expiresAt) => throw new InvalidOperationException();

    /// <inheritdoc/>
    public void OnRemoved(in ItemKey key, RemoveReason reason) => throw new InvalidOperationException();

    /// <inheritdoc/>
    public void OnFlushed(int shard, int database) => throw new InvalidOperationException();
}
