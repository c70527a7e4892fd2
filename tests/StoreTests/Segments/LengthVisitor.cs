using SessionGateway.Store;

namespace SessionGateway.StoreTests.Segments;

/// <summary>Adds up the lengths of values, without wanting to see them.</summary>
internal sealed class LengthVisitor : CountingVisitor
{
    /// <summary>Bytes of all values.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item) => Bytes += item.Length;
}
