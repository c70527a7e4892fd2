using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>Entries of a large collection on their way into another one, a piece of them at a time.</summary>
internal sealed class ElementBatch : IElementVisitor
{
    /// <summary>Entries of one piece: their copies are garbage of a few milliseconds.</summary>
    public const int Most = 256;

    private readonly List<(byte[] Name, byte[] Value, double Score, long ExpiresAt)> _entries = [];

    /// <summary>The entries.</summary>
    public IReadOnlyList<(byte[] Name, byte[] Value, double Score, long ExpiresAt)> Entries => _entries;

    /// <summary>Begins the next piece.</summary>
    public void Clear() => _entries.Clear();

    /// <inheritdoc/>
    public bool Visit(in ElementView element)
    {
        _entries.Add((element.Name.ToArray(), element.Value.ToArray(), element.Score, element.ExpiresAt));
        return true;
    }
}
