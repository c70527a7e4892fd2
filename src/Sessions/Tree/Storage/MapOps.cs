namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>Finding, adding and removing children of a holder (a map, the box of a shared map, or an object's
/// record).</summary>
internal static class MapOps
{
    public static int Find(SessionTree tree, int holder, in MapKey key)
    {
        ref readonly Node map = ref tree.Nodes[holder];
        if (map.Count > MapIndex.Threshold)
        {
            MapIndex? index = tree.IndexOf(holder);
            if (index is null)
            {
                index = new MapIndex(tree, holder);
                tree.KeepIndex(holder, index);
            }

            return index.Find(tree, key);
        }

        for (int child = map.First; child != 0; child = tree.Nodes[child].Next)
        {
            if (key.Matches(tree, child))
            {
                return child;
            }
        }

        return 0;
    }

    /// <summary>Links a node that has its key already as the last child.</summary>
    public static void Append(SessionTree tree, int holder, int child)
    {
        ref Node map = ref tree.Nodes[holder];
        int last = map.Last;
        if (last == 0)
        {
            map.Value = Node.Pack(child, child);
        }
        else
        {
            tree.Nodes[last].Next = child;
            map.Value = Node.Pack(map.First, child);
        }

        map.Count++;
        tree.IndexOf(holder)?.Add(tree, child);
    }

    public static bool Remove(SessionTree tree, int holder, in MapKey key)
    {
        int before = 0;
        for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
        {
            if (key.Matches(tree, child))
            {
                Unlink(tree, holder, before, child);
                return true;
            }

            before = child;
        }

        return false;
    }

    public static void Clear(SessionTree tree, int holder)
    {
        tree.DropIndex(holder);
        tree.Nodes[holder].Value = 0;
        tree.Nodes[holder].Count = 0;
    }

    public static void Unlink(SessionTree tree, int holder, int before, int child)
    {
        ref Node map = ref tree.Nodes[holder];
        int next = tree.Nodes[child].Next;
        int first = map.First;
        int last = map.Last;
        if (before == 0)
        {
            first = next;
        }
        else
        {
            tree.Nodes[before].Next = next;
        }

        if (next == 0)
        {
            last = before;
        }

        map.Value = Node.Pack(first, last);
        map.Count--;
        tree.Nodes[child].Next = 0;
        tree.DropIndex(holder);
    }
}
