using System.Text;
using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Keeps what an iteration visits.</summary>
public sealed class CollectingVisitor : CountingVisitor
{
    /// <summary>Key to last seen value.</summary>
    public Dictionary<string, byte[]> Items { get; } = [];

    /// <inheritdoc/>
    public override bool WantsValues => true;

    /// <inheritdoc/>
    protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item) =>
        Items[Encoding.Latin1.GetString(key)] = item.Value.ToArray();
}
