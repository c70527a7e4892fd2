namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>Positions that share a value: PHP references (writing one changes all) and arrays shared until
/// written.</summary>
internal static class Sharing
{
    /// <summary>Moves the value of a position into a box that others can point at. Gives 0 when the node limit is
    /// reached.</summary>
    public static int MakeReference(SessionTree tree, int position)
    {
        ref readonly Node place = ref tree.Nodes[position];
        if (place.Kind == NodeKind.Reference)
        {
            return place.Target;
        }

        tree.Traits |= TreeTraits.References;
        return MoveToBox(tree, position, NodeKind.Reference);
    }

    /// <summary>Makes an array position share its content. Gives the box, or 0 when the node limit is
    /// reached.</summary>
    public static int MakeShared(SessionTree tree, int position)
    {
        position = tree.Resolve(position);
        ref readonly Node place = ref tree.Nodes[position];
        if (place.Kind == NodeKind.SharedMap)
        {
            return place.Target;
        }

        tree.Traits |= TreeTraits.SharedMaps;
        return MoveToBox(tree, position, NodeKind.SharedMap);
    }

    /// <summary>The holder of a map that is about to be written: a shared one gets its own copy of the list
    /// first.</summary>
    public static int Detach(SessionTree tree, int position)
    {
        position = tree.Resolve(position);
        if (tree.Nodes[position].Kind == NodeKind.Object)
        {
            return tree.Nodes[position].Target;
        }

        if (tree.Nodes[position].Kind != NodeKind.SharedMap)
        {
            return position;
        }

        int box = tree.Nodes[position].Target;
        ref Node place = ref tree.Nodes[position];
        place.Kind = NodeKind.Map;
        place.Value = 0;
        place.Count = 0;
        place.Hint = tree.Nodes[box].Hint;
        for (int child = tree.Nodes[box].First; child != 0; child = tree.Nodes[child].Next)
        {
            if (tree.Nodes[child].Kind == NodeKind.Map)
            {
                MakeShared(tree, child);
            }

            int copy = tree.NewNode();
            tree.Nodes[copy] = tree.Nodes[child] with { Next = 0 };
            MapOps.Append(tree, position, copy);
            tree.Moved(child, copy);
        }

        return position;
    }

    /// <summary>
    /// The place to write for a handle that was reached through a shared array: every shared array between that
    /// position and the node gets its own copy, so that the other positions keep what they have.
    /// </summary>
    public static int Own(SessionTree tree, int origin, int node)
    {
        var path = new List<int>();
        if (!TryFindPath(tree, origin, node, path))
        {
            return node;
        }

        int position = origin;
        foreach (int ordinal in path)
        {
            position = tree.Nodes[Detach(tree, position)].First;
            for (int i = 0; i < ordinal; i++)
            {
                position = tree.Nodes[position].Next;
            }
        }

        return position;
    }

    /// <summary>Finds the way down to a node, as ordinals among siblings; references and objects are not looked
    /// into.</summary>
    private static bool TryFindPath(SessionTree tree, int origin, int node, List<int> path)
    {
        var frames = new Stack<(int Child, int Ordinal)>();
        frames.Push((FirstChild(tree, origin), 0));
        while (frames.TryPop(out (int Child, int Ordinal) frame))
        {
            if (frame.Child == 0)
            {
                continue;
            }

            if (frame.Child == node)
            {
                path.Add(frame.Ordinal);
                path.InsertRange(0, frames.Reverse().Select(above => above.Ordinal - 1));
                return true;
            }

            frames.Push((tree.Nodes[frame.Child].Next, frame.Ordinal + 1));
            frames.Push((FirstChild(tree, frame.Child), 0));
        }

        return false;
    }

    private static int FirstChild(SessionTree tree, int position)
    {
        ref readonly Node place = ref tree.Nodes[position];
        return place.Kind switch
        {
            NodeKind.Map => place.First,
            NodeKind.SharedMap => tree.Nodes[place.Target].First,
            _ => 0,
        };
    }

    private static int MoveToBox(SessionTree tree, int position, NodeKind pointer)
    {
        int box = tree.AddNode();
        if (box == 0)
        {
            return 0;
        }

        tree.DropIndex(position);
        ref Node place = ref tree.Nodes[position];
        tree.Nodes[box].TakeValue(place);
        tree.Nodes[box].Flags |= NodeFlags.Unnumbered;
        place.Kind = pointer;
        place.Value = box;
        place.Count = 0;
        place.Hint = SessionHint.None;
        place.Flags &= NodeFlags.Unnumbered;
        return box;
    }
}
