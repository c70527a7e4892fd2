namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>A key to look for: an integer or bytes, with its hash.</summary>
internal readonly ref struct MapKey
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly long _integer;
    private readonly KeyKind _kind;

    public MapKey(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _kind = KeyKind.Bytes;
        Hash = KeyHash.Of(bytes);
    }

    public MapKey(long integer)
    {
        _integer = integer;
        _kind = KeyKind.Integer;
        Hash = KeyHash.Of(integer);
    }

    public uint Hash { get; }

    public static uint HashOf(SessionTree tree, int child)
    {
        ref readonly Node node = ref tree.Nodes[child];
        return node.KeyKind == KeyKind.Integer ? KeyHash.Of(node.Key) : node.KeyHash;
    }

    public bool Matches(SessionTree tree, int child)
    {
        ref readonly Node node = ref tree.Nodes[child];
        return node.KeyKind == _kind
            && (_kind == KeyKind.Integer
                ? node.Key == _integer
                : node.KeyHash == Hash && tree.Range(node.Key).SequenceEqual(_bytes));
    }

    /// <summary>Gives a node this key; the bytes are copied into the tree.</summary>
    public void Store(SessionTree tree, int child)
    {
        long packed = _kind == KeyKind.Integer ? _integer : tree.AppendBytes(_bytes);
        ref Node node = ref tree.Nodes[child];
        node.Key = packed;
        node.KeyKind = _kind;
        node.KeyHash = _kind == KeyKind.Bytes ? Hash : 0;
    }
}
