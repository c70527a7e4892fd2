namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>Open addressing table from key hash to child, built when a large map is first searched.</summary>
internal sealed class MapIndex
{
    /// <summary>Maps with at most this many entries are searched along their list.</summary>
    public const int Threshold = 24;

    private int[] _slots;
    private int _count;

    public MapIndex(SessionTree tree, int holder)
    {
        int count = tree.Nodes[holder].Count;
        _slots = new int[Size(count)];
        for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
        {
            Add(tree, child);
        }
    }

    public int Find(SessionTree tree, in MapKey key)
    {
        int mask = _slots.Length - 1;
        for (int at = (int)key.Hash & mask; ; at = (at + 1) & mask)
        {
            int child = _slots[at];
            if (child == 0 || key.Matches(tree, child))
            {
                return child;
            }
        }
    }

    public void Add(SessionTree tree, int child)
    {
        if (++_count * 2 > _slots.Length)
        {
            Grow(tree);
        }

        Place(_slots, MapKey.HashOf(tree, child), child);
    }

    private static int Size(int count) =>
        (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, (count + 8) * 2));

    private static void Place(int[] slots, uint hash, int child)
    {
        int mask = slots.Length - 1;
        int at = (int)hash & mask;
        while (slots[at] != 0)
        {
            at = (at + 1) & mask;
        }

        slots[at] = child;
    }

    private void Grow(SessionTree tree)
    {
        int[] larger = new int[_slots.Length * 2];
        foreach (int child in _slots)
        {
            if (child != 0)
            {
                Place(larger, MapKey.HashOf(tree, child), child);
            }
        }

        _slots = larger;
    }
}
