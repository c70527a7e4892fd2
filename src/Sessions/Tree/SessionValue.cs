using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions;

/// <summary>
/// A value in its place in a <see cref="SessionTree"/>: a small handle, not a copy. It stays usable while the tree
/// changes and then shows the place's new value; it ends with <see cref="SessionTree.Clear"/>. References are seen
/// through.
/// </summary>
public readonly struct SessionValue
{
    // The position through which a shared array was entered on the way here; 0 where there was none.
    private readonly int _origin;
    private readonly int _node;

    internal SessionValue(SessionTree tree, int node, int origin = 0)
    {
        Tree = tree;
        _node = node;
        _origin = origin;
    }

    internal SessionTree Tree { get; }

    internal int Node => _origin == 0 ? _node : Tree.Current(_origin, _node);

    /// <summary>False for the default value of this type, which stands for "no such entry".</summary>
    public bool Exists => Tree is not null;

    /// <summary>The kind of the value.</summary>
    public SessionKind Kind => Place.Kind == NodeKind.SharedMap ? SessionKind.Map : (SessionKind)Place.Kind;

    /// <summary>What the writer called the value more exactly.</summary>
    public SessionHint Hint => Place.Kind == NodeKind.SharedMap ? Tree.Nodes[Place.Target].Hint : Place.Hint;

    /// <summary>Whether the value is null.</summary>
    public bool IsNull => Kind == SessionKind.Null;

    /// <summary>Whether this place is part of a PHP reference, so that setting it also sets the other places of
    /// it.</summary>
    public bool IsReference => Tree.Nodes[Node].Kind == NodeKind.Reference;

    /// <summary>Whether the value is a byte string of valid UTF-8 that its writer meant as text.</summary>
    public bool IsText => Kind == SessionKind.Bytes && Hint != SessionHint.Binary && Utf8.IsValid(AsBytes());

    private ref readonly Node Place => ref Tree.Nodes[Tree.Resolve(Node)];

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public bool AsBoolean() => Expect(SessionKind.Boolean).Value != 0;

    /// <summary>The integer.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public long AsInt64() => Expect(SessionKind.Int64).Value;

    /// <summary>The number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public double AsDouble() => BitConverter.Int64BitsToDouble(Expect(SessionKind.Double).Value);

    /// <summary>The bytes, valid until the tree is changed.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ReadOnlySpan<byte> AsBytes() => Tree.Range(Expect(SessionKind.Bytes).Value);

    /// <summary>The bytes as text.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind or not valid UTF-8.</exception>
    public string AsString() =>
        TryGetString(out string? text) ? text : throw new InvalidOperationException("The value is not UTF-8 text.");

    /// <summary>The text, if the value is a byte string of valid UTF-8.</summary>
    public bool TryGetString([NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!Exists || Kind != SessionKind.Bytes || !Utf8.IsValid(AsBytes()))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(AsBytes());
        return true;
    }

    /// <summary>The integer, if the value is one.</summary>
    public bool TryGetInt64(out long number)
    {
        number = Exists && Kind == SessionKind.Int64 ? Place.Value : 0;
        return Exists && Kind == SessionKind.Int64;
    }

    /// <summary>The entries.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public SessionMap AsMap()
    {
        Expect(SessionKind.Map);
        return new SessionMap(Tree, _node, IsReference ? 0 : _origin);
    }

    /// <summary>The object.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public SessionObject AsObject() => new(Tree, Expect(SessionKind.Object).Target);

    /// <summary>Sets null.</summary>
    public void SetNull() => Write(NodeKind.Null, 0, SessionHint.None);

    /// <summary>Sets a boolean.</summary>
    public void Set(bool value) => Write(NodeKind.Boolean, value ? 1 : 0, SessionHint.None);

    /// <summary>Sets an integer.</summary>
    public void Set(long value, SessionHint hint = SessionHint.None) => Write(NodeKind.Int64, value, hint);

    /// <summary>Sets a number.</summary>
    public void Set(double value, SessionHint hint = SessionHint.None) =>
        Write(NodeKind.Double, BitConverter.DoubleToInt64Bits(value), hint);

    /// <summary>Sets text, stored as UTF-8.</summary>
    public void Set(string value, SessionHint hint = SessionHint.None)
    {
        ArgumentNullException.ThrowIfNull(value);
        int offset = Tree.ByteCount;
        int length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Tree.ReserveBytes(length));
        Write(NodeKind.Bytes, PackRange(offset, length), hint);
    }

    /// <summary>Sets bytes; they are copied.</summary>
    public void Set(ReadOnlySpan<byte> value, SessionHint hint = SessionHint.None) =>
        Write(NodeKind.Bytes, Tree.AppendBytes(value), hint);

    /// <summary>Sets an empty map and gives it.</summary>
    public SessionMap SetMap(SessionHint hint = SessionHint.None)
    {
        Write(NodeKind.Map, 0, hint);
        return new SessionMap(Tree, _node, _origin);
    }

    /// <summary>Sets an object without properties and gives it.</summary>
    public SessionObject SetObject(string className)
    {
        ArgumentException.ThrowIfNullOrEmpty(className);
        return new SessionObject(Tree, WriteRecord(className, 0, NodeFlags.None));
    }

    /// <summary>Sets a case of an enumeration.</summary>
    public void SetEnum(string className, string caseName)
    {
        ArgumentException.ThrowIfNullOrEmpty(className);
        ArgumentException.ThrowIfNullOrEmpty(caseName);
        WriteRecord(className, Tree.AppendBytes(Encoding.UTF8.GetBytes(caseName)), NodeFlags.EnumCase);
    }

    /// <summary>Sets a deep copy of a value of this or another tree. Sharing inside the copy is kept.</summary>
    public void Set(SessionValue source) => TreeCopy.Copy(source, new SessionValue(Tree, Tree.Owned(_origin, _node)));

    /// <summary>Makes this place a PHP reference to another place of the same tree; both then have that place's
    /// value.</summary>
    public void SetReferenceTo(SessionValue other)
    {
        if (!ReferenceEquals(Tree, other.Tree))
        {
            throw new ArgumentException("The other value is in another tree.", nameof(other));
        }

        int node = Tree.Owned(_origin, _node);
        int target = Tree.Owned(other._origin, other._node);
        if (node != target)
        {
            int box = Sharing.MakeReference(Tree, target);
            Tree.DropIndex(node);
            ref Node place = ref Tree.Nodes[node];
            place.Kind = NodeKind.Reference;
            place.Value = box;
            place.Count = 0;
            place.Hint = SessionHint.None;
        }
    }

    /// <summary>Whether two values are equal in kind, content, order and in how parts of them share and
    /// refer.</summary>
    public bool ContentEquals(SessionValue other) => TreeEquality.AreEqual(this, other);

    /// <summary>The value for people who debug: kind and, for scalars, the value.</summary>
    public override string ToString() => !Exists ? "(none)" : Kind switch
    {
        SessionKind.Boolean => AsBoolean() ? "true" : "false",
        SessionKind.Int64 => AsInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
        SessionKind.Double => AsDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        SessionKind.Bytes => Encoding.UTF8.GetString(AsBytes()),
        SessionKind.Object => AsObject().ClassName,
        SessionKind.Map => $"map of {AsMap().Count}",
        var kind => kind.ToString(),
    };

    private static long PackRange(int offset, int length) =>
        SessionGateway.Sessions.Tree.Storage.Node.Pack(offset, length);

    private ref readonly Node Expect(SessionKind kind)
    {
        if (!Exists || Kind != kind)
        {
            throw new InvalidOperationException($"The value is {(Exists ? Kind.ToString() : "absent")}, not {kind}.");
        }

        return ref Place;
    }

    private void Write(NodeKind kind, long value, SessionHint hint)
    {
        int node = Tree.Resolve(Tree.Owned(_origin, _node));
        Tree.DropIndex(node);
        ref Node place = ref Tree.Nodes[node];
        place.Kind = kind;
        place.Value = value;
        place.Count = 0;
        place.Hint = hint;
    }

    private int WriteRecord(string className, long value, NodeFlags flags)
    {
        long name = Tree.AppendBytes(Encoding.UTF8.GetBytes(className));
        int record = Tree.NewNode();
        Tree.Nodes[record] = new Node { Kind = NodeKind.Record, Key = name, Value = value,
            Flags = flags | NodeFlags.Unnumbered };
        Tree.Traits |= TreeTraits.Objects;
        Write(NodeKind.Object, record, SessionHint.None);
        return record;
    }
}
