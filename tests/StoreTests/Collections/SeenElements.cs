using System.Text;
using SessionGateway.Store.Collections;

namespace SessionGateway.StoreTests.Collections;

/// <summary>Keeps what it visits.</summary>
public sealed class SeenElements(int most = int.MaxValue) : IElementVisitor
{
    /// <summary>The entries in the order in which they came.</summary>
    public List<Seen> All { get; } = [];

    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => All.Select(seen => seen.Name);

    /// <inheritdoc/>
    public bool Visit(in ElementView element)
    {
        All.Add(new Seen(
            Encoding.Latin1.GetString(element.Name),
            Encoding.Latin1.GetString(element.Value),
            element.Score,
            element.ExpiresAt));
        return All.Count < most;
    }
}
