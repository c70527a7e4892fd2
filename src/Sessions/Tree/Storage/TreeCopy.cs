namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>Deep copies between places, iteratively; a box, shared array or object met twice is one in the copy
/// too.</summary>
internal static class TreeCopy
{
    public static void Copy(SessionValue source, SessionValue destination)
    {
        if (ReferenceEquals(source.Tree, destination.Tree)
            && source.Tree.Resolve(source.Node) == destination.Tree.Resolve(destination.Node))
        {
            return;
        }

        SessionTree from = source.Tree;
        SessionTree to = destination.Tree;
        var copies = new Dictionary<int, int>();
        var pending = new Stack<(int From, int To)>();
        int target = to.Resolve(destination.Node);

        // Into a node of its own first: source and destination may contain each other.
        int fresh = to.NewNode();
        pending.Push((from.Resolve(source.Node), fresh));
        while (pending.TryPop(out (int From, int To) pair))
        {
            CopyOne(from, to, pair.From, pair.To, copies, pending);
        }

        to.DropIndex(target);
        to.Nodes[target].TakeValue(to.Nodes[fresh]);
    }

    private static void CopyOne(
        SessionTree from, SessionTree to, int source, int copy, Dictionary<int, int> copies,
        Stack<(int From, int To)> pending)
    {
        Node node = from.Nodes[source];
        ref Node place = ref to.Nodes[copy];
        place.Kind = node.Kind;
        place.Hint = node.Hint;
        place.Count = 0;
        place.Value = 0;
        switch (node.Kind)
        {
            case NodeKind.Bytes:
                place.Value = CopyRange(from, to, node.Value);
                break;
            case NodeKind.Map:
                CopyChildren(from, to, source, copy, pending);
                break;
            case NodeKind.Reference:
            case NodeKind.SharedMap:
            case NodeKind.Object:
                if (!copies.TryGetValue(node.Target, out int box))
                {
                    box = to.NewNode();
                    to.Nodes[box].Flags = NodeFlags.Unnumbered;
                    copies.Add(node.Target, box);
                    pending.Push((node.Target, box));
                    to.Traits |= node.Kind switch
                    {
                        NodeKind.Reference => TreeTraits.References,
                        NodeKind.SharedMap => TreeTraits.SharedMaps,
                        _ => TreeTraits.Objects,
                    };
                }

                to.Nodes[copy].Value = box;
                break;
            case NodeKind.Record:
                CopyRecord(from, to, source, copy, pending);
                break;
            default:
                place.Value = node.Value;
                to.Traits |= node.Kind == NodeKind.Undefined ? TreeTraits.Undefined : TreeTraits.None;
                break;
        }
    }

    private static void CopyRecord(SessionTree from, SessionTree to, int source, int copy,
        Stack<(int From, int To)> pending)
    {
        long name = CopyRange(from, to, from.Nodes[source].Key);
        NodeFlags flags = from.Nodes[source].Flags;
        to.Nodes[copy].Key = name;
        to.Nodes[copy].Flags = flags;
        if ((flags & (NodeFlags.Payload | NodeFlags.EnumCase)) == 0)
        {
            CopyChildren(from, to, source, copy, pending);
            return;
        }

        long range = CopyRange(from, to, from.Nodes[source].Value);
        to.Nodes[copy].Value = range;
        to.Nodes[copy].Count = from.Nodes[source].Count;
    }

    private static void CopyChildren(SessionTree from, SessionTree to, int source, int copy,
        Stack<(int From, int To)> pending)
    {
        for (int child = from.Nodes[source].First; child != 0; child = from.Nodes[child].Next)
        {
            int entry = to.NewNode();
            long key = from.Nodes[child].KeyKind == KeyKind.Bytes ? CopyRange(from, to, from.Nodes[child].Key)
                : from.Nodes[child].Key;
            to.Nodes[entry].Key = key;
            to.Nodes[entry].KeyKind = from.Nodes[child].KeyKind;
            to.Nodes[entry].KeyHash = from.Nodes[child].KeyHash;
            MapOps.Append(to, copy, entry);
            pending.Push((child, entry));
        }
    }

    private static long CopyRange(SessionTree from, SessionTree to, long range) =>
        ReferenceEquals(from, to) ? range : to.AppendBytes(from.Range(range));
}
