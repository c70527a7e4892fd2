using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Writing;

/// <summary>
/// How many positions hold each PHP reference. One that a single position holds (the others were removed, or never were
/// there) is no reference to PHP any more: <c>serialize()</c> and igbinary write its value. What is inside an array
/// that several positions share is held once, as in PHP's memory.
/// </summary>
internal static class ReferenceUses
{
    private const byte Seen = 0x80;

    /// <summary>For each box the number of positions, 2 standing for more; null in trees without references.</summary>
    public static byte[]? Of(SessionTree tree)
    {
        if ((tree.Traits & TreeTraits.References) == 0)
        {
            return null;
        }

        byte[] uses = new byte[tree.NodeCount];
        var pending = new Stack<int>();
        Visit(tree, SessionTree.RootNode, uses, pending);
        while (pending.TryPop(out int holder))
        {
            for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
            {
                Visit(tree, child, uses, pending);
            }
        }

        for (int i = 0; i < uses.Length; i++)
        {
            uses[i] &= Seen - 1;
        }

        return uses;
    }

    private static void Visit(SessionTree tree, int position, byte[] uses, Stack<int> pending)
    {
        ref readonly Node node = ref tree.Nodes[position];
        if (node.Kind == NodeKind.Reference)
        {
            ref byte count = ref uses[node.Target];
            if ((count & ~Seen) != 0)
            {
                count = (byte)((count & Seen) | 2);
                return;
            }

            count++;
        }

        int holder = tree.Holder(position);
        ref readonly Node held = ref tree.Nodes[holder];
        bool hasChildren = held.Kind == NodeKind.Map
            || (held.Kind == NodeKind.Record && (held.Flags & (NodeFlags.Payload | NodeFlags.EnumCase)) == 0);

        // A box has its own count in the same byte.
        if (hasChildren && (uses[holder] & Seen) == 0)
        {
            uses[holder] |= Seen;
            pending.Push(holder);
        }
    }
}
