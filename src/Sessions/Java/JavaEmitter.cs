using System.Text.Unicode;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Java;

/// <summary>
/// Writes the attributes of an MSM session, or one value, as a Java object stream. Only JDK value classes are written
/// from plain values; objects of other classes only where the tree was read from a Java stream that described them. A
/// null variable is left out: Tomcat has none.
/// </summary>
internal struct JavaEmitter : IEmitter<JavaEmitter>
{
    private readonly SessionTree _tree;
    private readonly OutBuffer _out;
    private readonly EmitContext _context;
    private readonly JavaObjectWriter _writer;
    private readonly JavaScalars _scalars;
    private readonly IReadOnlyList<JavaClass> _classes;
    private readonly MsmSession? _header;

    // Handle plus one of each record and box.
    private readonly int[]? _handles;
    private JavaLevel[] _levels = new JavaLevel[8];

    private JavaEmitter(EmitContext context, MsmSession? header)
    {
        _context = context;
        _tree = context.Tree;
        _out = context.Output;
        _header = header;
        _writer = new JavaObjectWriter(_out, _tree);
        _scalars = new JavaScalars(_tree, _out, _writer);
        _classes = (_tree.Metadata as MsmSession)?.Classes ?? (_tree.Metadata as JavaStreamMetadata)?.Classes ?? [];
        const TreeTraits shares = TreeTraits.Objects | TreeTraits.References | TreeTraits.SharedMaps;
        _handles = (_tree.Traits & shares) != 0 ? new int[_tree.NodeCount] : null;
    }

    public SessionErrorCode Error { get; private set; }

    public string? Detail { get; private set; }

    public static JavaEmitter Create(EmitContext context, object? format) => new(context, (MsmSession?)format);

    public int Begin()
    {
        if (_header is null)
        {
            _out.Ensure(64);
            _writer.Header();
            return Value(SessionTree.RootNode, 0);
        }

        if (_tree.Root.Kind != SessionKind.Map)
        {
            return Fail(SessionErrorCode.NotASession, null);
        }

        if (!MsmHeader.Write(_header, _out))
        {
            return Fail(SessionErrorCode.NotRepresentable, "a part of the MSM header of more than 32767 bytes");
        }

        _writer.Header();
        int holder = _tree.Holder(SessionTree.RootNode);
        int count = 0;
        for (int child = _tree.Nodes[holder].First; child != 0; child = _tree.Nodes[child].Next)
        {
            bool isNull = _tree.Nodes[_tree.Resolve(child)].Kind == NodeKind.Null;
            count += isNull || _context.Omitted?.Contains(child) == true ? 0 : 1;
        }

        if (!_scalars.Integer(count))
        {
            return Fail(SessionErrorCode.Expansion, null);
        }

        _levels[0] = new JavaLevel(JavaForm.Variables);
        return holder;
    }

    public int Entry(int position, int holder, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        ref JavaLevel level = ref _levels[depth - 1];
        switch (level.Form)
        {
            case JavaForm.Variables:
                if (_tree.Nodes[_tree.Resolve(position)].Kind == NodeKind.Null)
                {
                    return EmitStatus.Done;
                }

                return Key(node, asText: true) ? Value(position, depth) : EmitStatus.Failed;
            case JavaForm.TextMap or JavaForm.LinkedTextMap:
                return Key(node, asText: true) ? Value(position, depth) : EmitStatus.Failed;
            case JavaForm.Map or JavaForm.LinkedMap or JavaForm.ConcurrentMap:
                return Key(node, asText: false) ? Value(position, depth) : EmitStatus.Failed;
            case JavaForm.Ints or JavaForm.Longs or JavaForm.Doubles or JavaForm.Booleans:
                return Room(8) && JavaLayout.Element(_out, level.Form, node.Value)
                    ? EmitStatus.Done : EmitStatus.Failed;
            case JavaForm.Object:
                return Field(position, ref level, depth);
            case JavaForm.CustomData when node.Kind == NodeKind.Bytes && node.Hint == SessionHint.CustomData:
                return Block(node) ? EmitStatus.Done : EmitStatus.Failed;
            case JavaForm.ForeignArray:
                return ForeignElement(position, level, depth);
            default:
                return Value(position, depth);
        }
    }

    public bool Leave(int holder, int depth)
    {
        if (!Room(4))
        {
            return false;
        }

        switch (_levels[depth].Form)
        {
            case JavaForm.List or JavaForm.TextMap or JavaForm.Map or JavaForm.CustomData:
                _out.Byte(JavaToken.EndBlockData);
                return true;
            case JavaForm.LinkedTextMap or JavaForm.LinkedMap:
                _out.Byte(JavaToken.EndBlockData);
                _out.Byte(0);
                return true;
            case JavaForm.ConcurrentMap:
                _out.Byte(JavaToken.Null);
                _out.Byte(JavaToken.Null);
                _out.Byte(JavaToken.EndBlockData);
                return true;
            case JavaForm.Object when _levels[depth].Class >= 0:
                return Refuse(SessionErrorCode.NotRepresentable, "an object that does not have all its fields");
            default:
                return true;
        }
    }

    public bool End()
    {
        _writer.Finish();
        return _header is not null || Leave(0, 0);
    }

    private int Value(int position, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        switch (node.Kind)
        {
            case NodeKind.Reference when _tree.Nodes[node.Target].Kind == NodeKind.Map:
            case NodeKind.SharedMap:
                return Again(node.Target) ? EmitStatus.Done : Map(node.Target, node.Target, depth);
            case NodeKind.Reference:
                return Value(node.Target, depth);
            case NodeKind.Object:
                return Again(node.Target) ? EmitStatus.Done : Object(node.Target, depth);
            case NodeKind.Map:
                return Map(position, 0, depth);
            case NodeKind.Undefined:
                return Room(1) && Null() ? EmitStatus.Done : EmitStatus.Failed;
            default:
                return _scalars.Write(node) ? EmitStatus.Done : Fail(SessionErrorCode.Expansion, null);
        }
    }

    private readonly bool Null()
    {
        _out.Byte(JavaToken.Null);
        return true;
    }

    /// <summary>Writes the handle of an object met before.</summary>
    private readonly bool Again(int identity)
    {
        if (_handles![identity] == 0 || !_out.Ensure(8))
        {
            return false;
        }

        _writer.Reference(_handles[identity] - 1);
        return true;
    }

    private readonly void Remember(int identity, int handle)
    {
        if (identity != 0)
        {
            _handles![identity] = handle + 1;
        }
    }

    private bool Key(in Node node, bool asText)
    {
        if (node.KeyKind == KeyKind.Integer)
        {
            return asText
                ? DecimalKey(node.Key) : _scalars.Integer((int)node.Key) || Refuse(SessionErrorCode.Expansion, null);
        }

        if (!Utf8.IsValid(_tree.Range(node.Key)))
        {
            return Refuse(SessionErrorCode.NotRepresentable, "a name that is not UTF-8");
        }

        return _writer.Text(node.Key) || Refuse(SessionErrorCode.Expansion, null);
    }

    private bool DecimalKey(long key)
    {
        Span<byte> text = stackalloc byte[20];
        System.Buffers.Text.Utf8Formatter.TryFormat(key, text, out int length);
        return _writer.Text(text[..length]) || Refuse(SessionErrorCode.Expansion, null);
    }

    // ---- collections ----

    private int Map(int holder, int identity, int depth)
    {
        SessionHint hint = _tree.Nodes[holder].Hint;
        int count = _tree.Nodes[holder].Count;
        if (TreeShape.IsList(_tree, holder) && JavaCollections.IsListHint(hint))
        {
            return List(holder, identity, depth, JavaCollections.Fitting(_tree, holder, hint), count);
        }

        // PHP's arrays become maps with text keys; maps from Java keep theirs.
        bool asText = !JavaCollections.IsMapHint(hint) || !JavaCollections.HasInt32Keys(_tree, holder);
        switch (JavaCollections.FittingMap(_tree, holder, hint))
        {
            case SessionHint.HashMap:
                return Open(JavaType.HashMap, identity, depth, asText ? JavaForm.TextMap : JavaForm.Map)
                    && JavaLayout.Capacity(_out, count) ? holder : EmitStatus.Failed;
            case SessionHint.Hashtable:
                return Open(JavaType.Hashtable, identity, depth, asText ? JavaForm.TextMap : JavaForm.Map)
                    && JavaLayout.Capacity(_out, count) ? holder : EmitStatus.Failed;
            case SessionHint.TreeMap:
                return Open(JavaType.TreeMap, identity, depth, asText ? JavaForm.TextMap : JavaForm.Map)
                    && Null() && JavaLayout.Size(_out, count) ? holder : EmitStatus.Failed;
            case SessionHint.ImmutableMap:
                return Open(JavaType.Immutable, identity, depth, asText ? JavaForm.TextMap : JavaForm.Map)
                    && JavaLayout.Int(_out, 3) && JavaLayout.Size(_out, checked(count * 2))
                    ? holder : EmitStatus.Failed;
            case SessionHint.ConcurrentHashMap when !asText || !JavaCollections.HasIntegerKeys(_tree, holder):
                return Open(JavaType.ConcurrentHashMap, identity, depth, JavaForm.ConcurrentMap)
                    ? holder : EmitStatus.Failed;
            default:
                return Open(JavaType.LinkedHashMap, identity, depth,
                    asText ? JavaForm.LinkedTextMap : JavaForm.LinkedMap)
                    && JavaLayout.Capacity(_out, count) ? holder : EmitStatus.Failed;
        }
    }

    private int List(int holder, int identity, int depth, SessionHint hint, int count)
    {
        switch (hint)
        {
            case SessionHint.LinkedList:
                return Open(JavaType.LinkedList, identity, depth, JavaForm.List) && JavaLayout.Size(_out, count)
                    ? holder : EmitStatus.Failed;
            case SessionHint.FixedList:
                return Open(JavaType.FixedList, identity, depth, JavaForm.Array)
                    && Elements(JavaType.Objects, 0, depth, JavaForm.Array, count) ? holder : EmitStatus.Failed;
            case SessionHint.EmptyList when count == 0:
                return Open(JavaType.EmptyList, identity, depth, JavaForm.Array) ? EmitStatus.Done : EmitStatus.Failed;
            case SessionHint.ImmutableList or SessionHint.ImmutableSet:
                return Open(JavaType.Immutable, identity, depth, JavaForm.List)
                    && JavaLayout.Int(_out, hint == SessionHint.ImmutableList ? 1 : 2) && JavaLayout.Size(_out, count)
                    ? holder : EmitStatus.Failed;
            case SessionHint.HashSet or SessionHint.LinkedHashSet:
                return Open(hint == SessionHint.HashSet ? JavaType.HashSet : JavaType.LinkedHashSet, identity, depth,
                    JavaForm.List)
                    && JavaLayout.SetCapacity(_out, count) ? holder : EmitStatus.Failed;
            case SessionHint.TreeSet:
                return Open(JavaType.TreeSet, identity, depth, JavaForm.List) && Null() && JavaLayout.Size(_out, count)
                    ? holder : EmitStatus.Failed;
            case SessionHint.ObjectArray:
                return Elements(JavaType.Objects, identity, depth, JavaForm.Array, count) ? holder : EmitStatus.Failed;
            case SessionHint.StringArray:
                return Elements(JavaType.Strings, identity, depth, JavaForm.Array, count) ? holder : EmitStatus.Failed;
            case SessionHint.Int32Array:
                return Elements(JavaType.Ints, identity, depth, JavaForm.Ints, count) ? holder : EmitStatus.Failed;
            case SessionHint.Int64Array:
                return Elements(JavaType.Longs, identity, depth, JavaForm.Longs, count) ? holder : EmitStatus.Failed;
            case SessionHint.DoubleArray:
                return Elements(JavaType.Doubles, identity, depth, JavaForm.Doubles, count)
                    ? holder : EmitStatus.Failed;
            case SessionHint.BooleanArray:
                return Elements(JavaType.Booleans, identity, depth, JavaForm.Booleans, count)
                    ? holder : EmitStatus.Failed;
            default:
                return Open(JavaType.ArrayList, identity, depth, JavaForm.List) && JavaLayout.Int(_out, count)
                    && JavaLayout.Size(_out, count) ? holder : EmitStatus.Failed;
        }
    }

    private bool Open(JavaType type, int identity, int depth, JavaForm form)
    {
        if (!_writer.Begin(JavaToken.Object, type, out int handle))
        {
            return Refuse(SessionErrorCode.Expansion, null);
        }

        Remember(identity, handle);
        Enter(depth, new JavaLevel(form));
        return true;
    }

    private bool Elements(JavaType type, int identity, int depth, JavaForm form, int count)
    {
        if (!_writer.Begin(JavaToken.Array, type, out int handle))
        {
            return Refuse(SessionErrorCode.Expansion, null);
        }

        Remember(identity, handle);
        Enter(depth, new JavaLevel(form));
        return JavaLayout.Int(_out, count);
    }

    private void Enter(int depth, JavaLevel level)
    {
        if (depth >= _levels.Length)
        {
            Array.Resize(ref _levels, depth * 2);
        }

        _levels[depth] = level;
    }

    // ---- objects of classes that a stream described ----

    private int Object(int record, int depth)
    {
        int known = (int)_tree.Nodes[record].KeyHash - 1;
        if (known < 0 || known >= _classes.Count)
        {
            return NotRepresentable("an object of a class that no Java stream described");
        }

        JavaClass type = _classes[known];
        NodeFlags flags = _tree.Nodes[record].Flags;
        byte token = (flags & NodeFlags.EnumCase) != 0 ? JavaToken.Enum
            : (flags & NodeFlags.Payload) != 0 ? JavaToken.Class
            : type.Name.StartsWith('[') ? JavaToken.Array
            : JavaToken.Object;
        if (!_writer.Begin(token, type, _classes, out int handle))
        {
            return Fail(SessionErrorCode.Expansion, null);
        }

        Remember(record, handle);
        switch (token)
        {
            case JavaToken.Enum:
                return _writer.Text(_tree.Nodes[record].Value)
                    ? EmitStatus.Done : Fail(SessionErrorCode.Expansion, null);
            case JavaToken.Class:
                return EmitStatus.Done;
            case JavaToken.Array:
                JavaLayout.Int(_out, _tree.Nodes[record].Count);
                Enter(depth, new JavaLevel(JavaForm.ForeignArray, known));
                return record;
            default:
                Enter(depth,
                    JavaLevels.SkipEmpty(_classes,
                        new JavaLevel(JavaForm.Object, known, JavaLevels.First(_classes, known))));
                return record;
        }
    }

    private int Field(int position, ref JavaLevel level, int depth)
    {
        if (level.Class < 0)
        {
            return NotRepresentable("an object with more properties than fields");
        }

        JavaClass type = _classes[level.Class];
        bool isData = level.Field >= type.Fields.Length;
        JavaField field = isData ? default : type.Fields[level.Field];
        level.Field++;
        level = JavaLevels.SkipEmpty(_classes, level);
        if (isData)
        {
            if (_tree.Nodes[position].Kind != NodeKind.Map)
            {
                return NotRepresentable("custom data that was replaced");
            }

            Enter(depth, new JavaLevel(JavaForm.CustomData));
            return position;
        }

        return field.IsPrimitive ? Primitive(position, field.Type) : Value(position, depth);
    }

    private int ForeignElement(int position, in JavaLevel level, int depth)
    {
        byte type = (byte)_classes[level.Own].Name[1];
        return type is (byte)'L' or (byte)'[' ? Value(position, depth) : Primitive(position, type);
    }

    private int Primitive(int position, byte type)
    {
        ref readonly Node node = ref _tree.Nodes[_tree.Resolve(position)];
        if (!Room(8))
        {
            return EmitStatus.Failed;
        }

        return JavaScalars.Primitive(_out, node, type)
            ? EmitStatus.Done : NotRepresentable("a value that does not fit its field");
    }

    private bool Block(in Node node)
    {
        if (!Room(node.Length + 5))
        {
            return false;
        }

        if (node.Length <= byte.MaxValue)
        {
            _out.Byte(JavaToken.BlockData);
            _out.Byte((byte)node.Length);
        }
        else
        {
            _out.Byte(JavaToken.BlockDataLong);
            _out.UInt32((uint)node.Length);
        }

        _out.Write(_tree.Range(node.Value));
        return true;
    }

    private bool Room(int count) => _out.Ensure(count) || Refuse(SessionErrorCode.Expansion, null);

    private int NotRepresentable(string detail) => Fail(SessionErrorCode.NotRepresentable, detail);

    private bool Refuse(SessionErrorCode code, string? detail)
    {
        Fail(code, detail);
        return false;
    }

    private int Fail(SessionErrorCode code, string? detail)
    {
        Error = code;
        Detail = detail;
        return EmitStatus.Failed;
    }
}
