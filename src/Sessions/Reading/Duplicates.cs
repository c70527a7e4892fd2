using System.Buffers;
using System.Numerics;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Reading;

/// <summary>
/// Repeated keys in encoded maps: the last value wins and takes the first one's place, as in PHP's and Python's tables.
/// </summary>
internal static class Duplicates
{
    private const int PairwiseUpTo = 8;

    public static void Collapse(SessionTree tree, int holder)
    {
        if (tree.Nodes[holder].Count <= PairwiseUpTo)
        {
            Pairwise(tree, holder);
        }
        else
        {
            Hashed(tree, holder);
        }
    }

    private static void Pairwise(SessionTree tree, int holder)
    {
        Node[] nodes = tree.Nodes;
        int before = nodes[holder].First;
        for (int child = nodes[before].Next; child != 0; child = nodes[child].Next)
        {
            int first = nodes[holder].First;
            while (first != child && !SameKey(tree, nodes[first], nodes[child]))
            {
                first = nodes[first].Next;
            }

            if (first != child)
            {
                Merge(tree, holder, before, first, child);
                child = before;
            }
            else
            {
                before = child;
            }
        }
    }

    private static void Hashed(SessionTree tree, int holder)
    {
        Node[] nodes = tree.Nodes;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)nodes[holder].Count * 2);
        int[] rented = ArrayPool<int>.Shared.Rent(size);
        Span<int> table = rented.AsSpan(0, size);
        table.Clear();
        int before = 0;
        for (int child = nodes[holder].First; child != 0; child = nodes[child].Next)
        {
            uint hash = nodes[child].KeyKind == KeyKind.Integer ? KeyHash.Of(nodes[child].Key) : nodes[child].KeyHash;
            int at = (int)hash & (size - 1);
            while (table[at] != 0 && !SameKey(tree, nodes[table[at]], nodes[child]))
            {
                at = (at + 1) & (size - 1);
            }

            if (table[at] == 0)
            {
                table[at] = child;
                before = child;
            }
            else
            {
                Merge(tree, holder, before, table[at], child);
                child = before;
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private static bool SameKey(SessionTree tree, in Node a, in Node b) =>
        a.KeyKind == b.KeyKind && a.KeyKind switch
        {
            KeyKind.Integer => a.Key == b.Key,
            KeyKind.Bytes => a.KeyHash == b.KeyHash && tree.Range(a.Key).SequenceEqual(tree.Range(b.Key)),
            _ => false,
        };

    private static void Merge(SessionTree tree, int holder, int before, int first, int child)
    {
        MapOps.Unlink(tree, holder, before, child);
        tree.Nodes[first].TakeValue(tree.Nodes[child]);

        // A back reference may still name the unlinked node: it must not own the same list of children.
        tree.Nodes[child].Kind = NodeKind.Null;
        tree.Nodes[child].Value = 0;
        tree.Nodes[child].Count = 0;
    }
}
