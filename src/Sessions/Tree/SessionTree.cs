using System.Runtime.CompilerServices;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions;

/// <summary>
/// A session (or any single value) as data: ordered, typed, with references and identity kept, independent of the
/// format it came from. Two arrays hold everything, so a tree costs no object per value; <see cref="Clear"/> makes it
/// ready for the next session without giving memory back. Not safe for use by several threads at once.
/// </summary>
public sealed class SessionTree
{
    internal const int RootNode = 1;

    // A first guess larger than this would let one long string reserve a large node array.
    private const int MaxFirstNodes = 2048;

    // As small as values and keys get in PHP's text formats without being rare.
    internal const int TextBytesPerNode = 14;

    private Dictionary<int, MapIndex>? _indexes;

    // Children of a shared array and their copies in the position that got its own: for handles from before.
    private Dictionary<(int Origin, int Node), int>? _moved;
    private int _owning;

    /// <summary>Creates an empty session: a root map without entries.</summary>
    public SessionTree() => Reset(0, 8, int.MaxValue - 8);

    /// <summary>The root. Sessions have a map here; single values (items of caches) may be of any kind.</summary>
    public SessionValue Root => new(this, RootNode);

    /// <summary>The variables of the session.</summary>
    /// <exception cref="InvalidOperationException">The root is not a map.</exception>
    public SessionMap Variables => Root.AsMap();

    /// <summary>What a format keeps beside the variables: see <see cref="SessionMetadata"/>. Null where there is
    /// nothing.</summary>
    public SessionMetadata? Metadata { get; set; }

    /// <summary>Number of values held, including those that were replaced or removed since the last
    /// <see cref="Clear"/>.</summary>
    public int ValueCount => NodeCount - RootNode;

    internal Node[] Nodes { get; private set; } = [];

    internal int NodeCount { get; private set; }

    internal byte[] Bytes { get; private set; } = [];

    internal int ByteCount { get; private set; }

    internal TreeTraits Traits { get; set; }

    private int NodeLimit { get; set; }

    /// <summary>Empties the tree: a root map without entries, no metadata.</summary>
    public void Clear() => Reset(0, 8, int.MaxValue - 8);

    /// <summary>
    /// Replaces every value by a text that says its type and length (<c>text, 5 bytes</c>), so that a session can be
    /// shown or logged without what users keep in it. Names, the shape, null and class names stay; numbers, booleans,
    /// payloads and enum cases do not. The tree is then only good for looking at.
    /// </summary>
    public void MaskValues() => Masking.Apply(this);

    /// <summary>Starts decoding: the tree is emptied and gets its own copy of the bytes, which nodes then point
    /// into.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="limits">The limit on nodes.</param>
    /// <param name="bytesPerNode">How many bytes a value with its key takes in the format, for a first guess.</param>
    internal ReadOnlySpan<byte> Load(ReadOnlySpan<byte> source, SessionLimits limits,
        int bytesPerNode = TextBytesPerNode)
    {
        int guess = Math.Min(MaxFirstNodes, source.Length / bytesPerNode + 8);
        Reset(source.Length, guess, Math.Max(limits.MaxNodes, 0) + RootNode + 1);
        source.CopyTo(Bytes);
        ByteCount = source.Length;
        return Bytes.AsSpan(0, source.Length);
    }

    /// <summary>Ends decoding: from now on the owner may add as many values as it likes.</summary>
    internal void Unlimit() => NodeLimit = int.MaxValue - 8;

    /// <summary>Adds an empty node. Gives 0 when the limit on nodes is reached.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int AddNode()
    {
        int index = NodeCount;
        Node[] nodes = Nodes;
        if ((uint)index >= (uint)nodes.Length)
        {
            return AddNodeSlow();
        }

        nodes[index] = default;
        NodeCount = index + 1;
        return index;
    }

    /// <summary>Adds a node that must fit: used while editing, where no limit holds.</summary>
    internal int NewNode()
    {
        int index = AddNode();
        return index != 0 ? index : throw new InvalidOperationException("The tree is full.");
    }

    internal long AppendBytes(ReadOnlySpan<byte> bytes)
    {
        int offset = ByteCount;
        bytes.CopyTo(ReserveBytes(bytes.Length));
        return Node.Pack(offset, bytes.Length);
    }

    /// <summary>Room for bytes at the end of the arena; the caller packs the range itself.</summary>
    internal Span<byte> ReserveBytes(int length)
    {
        int end = checked(ByteCount + length);
        if (end > Bytes.Length)
        {
            byte[] larger =
                GC.AllocateUninitializedArray<byte>(Math.Max(end, (int)Math.Min(Bytes.Length * 2L, Array.MaxLength)));
            Bytes.AsSpan(0, ByteCount).CopyTo(larger);
            Bytes = larger;
        }

        Span<byte> room = Bytes.AsSpan(ByteCount, length);
        ByteCount = end;
        return room;
    }

    internal ReadOnlySpan<byte> Range(long packed) => Bytes.AsSpan((int)packed, (int)(packed >> 32));

    /// <summary>The node that holds the value of a position: a reference is followed to its box.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Resolve(int node)
    {
        ref readonly Node place = ref Nodes[node];
        return place.Kind == NodeKind.Reference ? place.Target : node;
    }

    /// <summary>The node with the children of a map or object at a position, following references and
    /// sharing.</summary>
    internal int Holder(int node)
    {
        node = Resolve(node);
        ref readonly Node place = ref Nodes[node];
        return place.Kind is NodeKind.SharedMap or NodeKind.Object ? place.Target : node;
    }

    /// <summary>Where a handle that was reached through a shared array points today.</summary>
    internal int Current(int origin, int node)
    {
        while (_moved is not null && _moved.TryGetValue((origin, node), out int moved))
        {
            node = moved;
        }

        return node;
    }

    /// <summary>The place to write for a handle: see <see cref="Sharing.Own"/>.</summary>
    internal int Owned(int origin, int node)
    {
        node = Current(origin, node);
        if (origin == 0)
        {
            return node;
        }

        _owning = origin;
        node = Sharing.Own(this, origin, node);
        _owning = 0;
        return node;
    }

    /// <summary>The holder to write for a map handle; handles to its values from before keep pointing at this
    /// position's copies.</summary>
    internal int Detached(int origin, int node)
    {
        node = Owned(origin, node);
        _owning = origin != 0 ? origin : node;
        int holder = Sharing.Detach(this, node);
        _owning = 0;
        return holder;
    }

    /// <summary>While a handle's place is made its own: remembers the copy that takes a node's place there.</summary>
    internal void Moved(int node, int copy)
    {
        if (_owning != 0)
        {
            (_moved ??= [])[(_owning, node)] = copy;
        }
    }

    internal MapIndex? IndexOf(int holder) =>
        _indexes is not null && _indexes.TryGetValue(holder, out MapIndex? index) ? index : null;

    internal void KeepIndex(int holder, MapIndex index) => (_indexes ??= [])[holder] = index;

    internal void DropIndex(int holder) => _indexes?.Remove(holder);

    private void Reset(int byteCapacity, int nodeCapacity, int nodeLimit)
    {
        NodeLimit = nodeLimit;
        nodeCapacity = Math.Min(nodeCapacity, nodeLimit);
        if (Nodes.Length < nodeCapacity || Nodes.Length > nodeLimit)
        {
            Nodes = GC.AllocateUninitializedArray<Node>(Math.Max(nodeCapacity, RootNode + 1));
        }

        if (Bytes.Length < byteCapacity)
        {
            Bytes = GC.AllocateUninitializedArray<byte>(byteCapacity);
        }

        Nodes[0] = default;
        Nodes[RootNode] = new Node { Kind = NodeKind.Map };
        NodeCount = RootNode + 1;
        ByteCount = 0;
        Traits = TreeTraits.None;
        Metadata = null;
        _indexes = null;
        _moved = null;
    }

    private int AddNodeSlow()
    {
        int index = NodeCount;
        if (index >= NodeLimit)
        {
            return 0;
        }

        int capacity = (int)Math.Min(Math.Max(16L, Nodes.Length * 2L), Math.Min(NodeLimit, Array.MaxLength));
        Node[] larger = GC.AllocateUninitializedArray<Node>(capacity);
        Nodes.AsSpan(0, index).CopyTo(larger);
        Nodes = larger;
        larger[index] = default;
        NodeCount = index + 1;
        return index;
    }
}
