namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>Depth of trees that were not built from the outside in.</summary>
internal static class TreeDepth
{
    /// <summary>Whether maps are nested deeper than a limit; a box is looked into once, where it is met
    /// first.</summary>
    public static bool Exceeds(SessionTree tree, int position, int limit)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<(int Node, int Depth)>();
        pending.Push((position, 0));
        while (pending.TryPop(out (int Node, int Depth) next))
        {
            int holder = tree.Holder(next.Node);
            if (tree.Nodes[holder].Kind is not (NodeKind.Map or NodeKind.Record) || tree.Nodes[holder].Count == 0
                || (holder != next.Node && !seen.Add(holder)))
            {
                continue;
            }

            if (next.Depth >= limit)
            {
                return true;
            }

            for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
            {
                pending.Push((child, next.Depth + 1));
            }
        }

        return false;
    }
}
