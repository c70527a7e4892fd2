using System.Text;
using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Writes down every effect.</summary>
public sealed class RecordingTap : IMutationTap
{
    /// <summary>One line per effect.</summary>
    public List<string> Lines { get; } = [];

    /// <inheritdoc/>
    public void OnPut(in ItemKey key, in ItemView item) =>
        Lines.Add($"put {Name(key)} {Encoding.Latin1.GetString(item.Value)} {item.ExpiresAt} {item.Cas}");

    /// <inheritdoc/>
    public void OnExpiryChanged(in ItemKey key, long expiresAt) => Lines.Add($"expiry {Name(key)} {expiresAt}");

    /// <inheritdoc/>
    public void OnRemoved(in ItemKey key, RemoveReason reason) => Lines.Add($"{reason} {Name(key)}");

    /// <inheritdoc/>
    public void OnFlushed(int shard, int database) => Lines.Add($"flush {database}");

    private static string Name(in ItemKey key) => $"{key.Database}:{Encoding.Latin1.GetString(key.Bytes)}";
}
