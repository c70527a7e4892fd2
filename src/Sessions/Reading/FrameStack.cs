using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Reading;

/// <summary>The open maps and objects of a decoder, in place of recursion, and the linking of children into
/// them.</summary>
internal ref struct FrameStack(SessionTree tree, Span<DecodeFrame> initial, int maxDepth)
{
    /// <summary>Frames that fit the caller's stack before the heap is used.</summary>
    public const int OnStack = 16;

    // Few sessions are deeper than the first; the next step has room for any that the default limit allows.
    private const int FirstOnHeap = 128;

    private readonly SessionTree _tree = tree;
    private readonly int _maxDepth = maxDepth;
    private Span<DecodeFrame> _frames = initial;

    public int Depth { get; private set; }

    public readonly ref DecodeFrame Top => ref _frames[Depth - 1];

    /// <summary>The frame under the top one.</summary>
    public readonly ref DecodeFrame Below => ref _frames[Depth - 2];

    /// <summary>Opens a container. Gives false when it would be nested too deep.</summary>
    public bool Push(int owner, int count, int state = 0)
    {
        if (Depth >= _maxDepth)
        {
            return false;
        }

        if (Depth == _frames.Length)
        {
            var larger = new DecodeFrame[Math.Max(FirstOnHeap, _frames.Length * 2)];
            _frames.CopyTo(larger);
            _frames = larger;
        }

        _frames[Depth++] = new DecodeFrame { Owner = owner, Remaining = count, State = state };
        _tree.Nodes[owner].Flags |= NodeFlags.Open;
        return true;
    }

    /// <summary>Adds a node, with its key still to be set, as the next child of the top frame. Gives 0 at the
    /// limit.</summary>
    public readonly int AddChild()
    {
        int child = _tree.AddNode();
        if (child == 0)
        {
            return 0;
        }

        ref DecodeFrame frame = ref _frames[Depth - 1];
        if (frame.Last == 0)
        {
            frame.First = child;
        }
        else
        {
            _tree.Nodes[frame.Last].Next = child;
        }

        frame.Last = child;
        frame.Count++;
        return child;
    }

    public readonly void SetKey(int child, long key)
    {
        ref Node node = ref _tree.Nodes[child];
        node.Key = key;
        node.KeyKind = KeyKind.Integer;
        ref DecodeFrame frame = ref _frames[Depth - 1];
        if (key >= frame.NextKey)
        {
            frame.NextKey = key == long.MaxValue ? key : key + 1;
            frame.MayRepeat |= key == long.MaxValue;
        }
        else
        {
            frame.MayRepeat = true;
        }
    }

    public readonly void SetKey(int child, int offset, ReadOnlySpan<byte> key)
    {
        ref Node node = ref _tree.Nodes[child];
        node.Key = Node.Pack(offset, key.Length);
        node.KeyKind = KeyKind.Bytes;
        node.KeyHash = KeyHash.Of(key);
        _frames[Depth - 1].MayRepeat = true;
    }

    /// <summary>Ends the top frame; whatever was read into it belongs to nobody.</summary>
    public void Drop() => Depth--;

    /// <summary>Gives the owner its children. The owner's place may have become a reference since it was
    /// opened.</summary>
    public void Pop()
    {
        ref DecodeFrame frame = ref _frames[--Depth];
        int holder = _tree.Holder(frame.Owner);
        ref Node node = ref _tree.Nodes[holder];
        node.Value = Node.Pack(frame.First, frame.Last);
        node.Count = frame.Count;
        node.Flags &= ~NodeFlags.Open;
        if (frame.MayRepeat && frame.Count > 1)
        {
            Duplicates.Collapse(_tree, holder);
        }
    }
}
