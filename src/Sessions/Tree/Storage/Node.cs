using System.Runtime.CompilerServices;

namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>
/// One value in its place: 32 bytes without object references, so a whole session is two arrays (nodes and bytes)
/// whatever its shape. Children of a map form a singly linked list in order.
/// </summary>
internal struct Node
{
    /// <summary>Integer, double bits, boolean, packed range of bytes, packed (first, last) child, or index of a
    /// box.</summary>
    public long Value;

    /// <summary>Integer key, packed range of the key's bytes, or of the class name in a record.</summary>
    public long Key;

    /// <summary>Next sibling; 0 ends the list.</summary>
    public int Next;

    /// <summary>Number of children (maps, records with properties); for payload records the numbers its payload used
    /// up.</summary>
    public int Count;

    /// <summary>Hash of a byte string key.</summary>
    public uint KeyHash;

    public NodeKind Kind;
    public KeyKind KeyKind;
    public SessionHint Hint;
    public NodeFlags Flags;

    public readonly int First => (int)Value;

    public readonly int Last => (int)(Value >> 32);

    public readonly int Target => (int)Value;

    public readonly int Offset => (int)Value;

    public readonly int Length => (int)(Value >> 32);

    public readonly int KeyOffset => (int)Key;

    public readonly int KeyLength => (int)(Key >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pack(int low, int high) => (uint)low | ((long)high << 32);

    /// <summary>Takes over the value (not key and place) of another node.</summary>
    public void TakeValue(in Node other)
    {
        Value = other.Value;
        Count = other.Count;
        Kind = other.Kind;
        Hint = other.Hint;
        Flags = (Flags & NodeFlags.Unnumbered) | (other.Flags & ~NodeFlags.Unnumbered);
    }
}
