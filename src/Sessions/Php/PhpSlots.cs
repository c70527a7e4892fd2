using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Php;

/// <summary>
/// PHP's numbering of values, as <c>r:</c> and <c>R:</c> use it: every value that is not itself an <c>R:</c> has the
/// next number, from 1. Most sessions refer to nothing, so the table is only built, from the nodes read so far, at the
/// first back reference, and kept up to date from then on.
/// </summary>
internal sealed class PhpSlots
{
    private readonly List<int> _nodes = [];

    public PhpSlots(SessionTree tree)
    {
        for (int node = SessionTree.RootNode; node < tree.NodeCount; node++)
        {
            ref readonly Node place = ref tree.Nodes[node];
            if ((place.Flags & NodeFlags.Unnumbered) == 0)
            {
                Add(node);
            }
            else if ((place.Flags & NodeFlags.Payload) != 0)
            {
                AddForeign(place.Count);
            }
        }
    }

    /// <summary>How many numbers are given so far.</summary>
    public int Count => _nodes.Count;

    public void Add(int node) => _nodes.Add(node);

    /// <summary>Numbers used up by values inside a payload that only its class understands.</summary>
    public void AddForeign(int count) => _nodes.AddRange(Enumerable.Repeat(0, count));

    /// <summary>The node with a number; 0 where there is none.</summary>
    public int Find(long number) => number >= 1 && number <= _nodes.Count ? _nodes[(int)number - 1] : 0;
}
