using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Writing;

/// <summary>
/// PHP has every enum case once and writes a case that occurs again as the same object, even where a tree holds it as
/// several.
/// </summary>
internal sealed class EnumCases(SessionTree tree)
{
    private readonly Dictionary<ulong, int> _first = [];

    /// <summary>The record that stands for the case of a record.</summary>
    public int Of(int record)
    {
        ReadOnlySpan<byte> name = tree.Range(tree.Nodes[record].Key);
        ReadOnlySpan<byte> enumCase = tree.Range(tree.Nodes[record].Value);
        ulong hash = ((ulong)KeyHash.Of(name) << 32) | KeyHash.Of(enumCase);
        if (_first.TryAdd(hash, record))
        {
            return record;
        }

        ref readonly Node first = ref tree.Nodes[_first[hash]];
        return tree.Range(first.Key).SequenceEqual(name) && tree.Range(first.Value).SequenceEqual(enumCase)
            ? _first[hash] : record;
    }
}
