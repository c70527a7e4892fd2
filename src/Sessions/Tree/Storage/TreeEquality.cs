namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>
/// Equality of two values: kind, content and order, and references and objects in one-to-one correspondence. Hints are
/// not compared, and an array shared until written equals its copy: no program can tell them apart.
/// </summary>
internal static class TreeEquality
{
    public static bool AreEqual(SessionValue left, SessionValue right)
    {
        if (!left.Exists || !right.Exists)
        {
            return left.Exists == right.Exists;
        }

        var leftToRight = new Dictionary<int, int>();
        var rightToLeft = new Dictionary<int, int>();
        var pending = new Stack<(int Left, int Right)>();
        pending.Push((left.Tree.Resolve(left.Node), right.Tree.Resolve(right.Node)));
        while (pending.TryPop(out (int Left, int Right) pair))
        {
            int a = pair.Left;
            int b = pair.Right;
            bool boxed = left.Tree.Nodes[a].Kind is NodeKind.Reference or NodeKind.Object;
            if (IsEnumCase(left.Tree, a) && IsEnumCase(right.Tree, b))
            {
                a = left.Tree.Nodes[a].Target;
                b = right.Tree.Nodes[b].Target;
            }
            else if (boxed && left.Tree.Nodes[a].Kind == right.Tree.Nodes[b].Kind)
            {
                bool known = leftToRight.TryGetValue(left.Tree.Nodes[a].Target, out int expected);
                if (known != rightToLeft.ContainsKey(right.Tree.Nodes[b].Target)
                    || (known && expected != right.Tree.Nodes[b].Target))
                {
                    return false;
                }

                if (known)
                {
                    continue;
                }

                leftToRight.Add(left.Tree.Nodes[a].Target, right.Tree.Nodes[b].Target);
                rightToLeft.Add(right.Tree.Nodes[b].Target, left.Tree.Nodes[a].Target);
                pending.Push((left.Tree.Nodes[a].Target, right.Tree.Nodes[b].Target));
                continue;
            }

            if (!SameNode(left.Tree, Unshared(left.Tree, a), right.Tree, Unshared(right.Tree, b), pending))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An enum case is a value: there is one object of it, however often a tree holds it.</summary>
    private static bool IsEnumCase(SessionTree tree, int node) => tree.Nodes[node].Kind == NodeKind.Object
        && (tree.Nodes[tree.Nodes[node].Target].Flags & NodeFlags.EnumCase) != 0;

    private static int Unshared(SessionTree tree, int node) =>
        tree.Nodes[node].Kind == NodeKind.SharedMap ? tree.Nodes[node].Target : node;

    private static bool SameNode(SessionTree a, int left, SessionTree b, int right,
        Stack<(int Left, int Right)> pending)
    {
        ref readonly Node x = ref a.Nodes[left];
        ref readonly Node y = ref b.Nodes[right];
        if (x.Kind != y.Kind)
        {
            return false;
        }

        switch (x.Kind)
        {
            case NodeKind.Bytes:
                return a.Range(x.Value).SequenceEqual(b.Range(y.Value));
            case NodeKind.Map:
                return SameChildren(a, left, b, right, pending);
            case NodeKind.Record:
                const NodeFlags body = NodeFlags.Payload | NodeFlags.EnumCase;
                return a.Range(x.Key).SequenceEqual(b.Range(y.Key)) && (x.Flags & body) == (y.Flags & body)
                    && ((x.Flags & body) != 0
                        ? a.Range(x.Value).SequenceEqual(b.Range(y.Value))
                        : SameChildren(a, left, b, right, pending));
            default:
                return x.Value == y.Value;
        }
    }

    private static bool SameChildren(SessionTree a, int left, SessionTree b, int right,
        Stack<(int Left, int Right)> pending)
    {
        if (a.Nodes[left].Count != b.Nodes[right].Count)
        {
            return false;
        }

        int other = b.Nodes[right].First;
        for (int child = a.Nodes[left].First; child != 0; child = a.Nodes[child].Next, other = b.Nodes[other].Next)
        {
            ref readonly Node x = ref a.Nodes[child];
            ref readonly Node y = ref b.Nodes[other];
            if (x.KeyKind != y.KeyKind
                || (x.KeyKind == KeyKind.Bytes ? !a.Range(x.Key).SequenceEqual(b.Range(y.Key)) : x.Key != y.Key))
            {
                return false;
            }

            pending.Push((child, other));
        }

        return true;
    }
}
