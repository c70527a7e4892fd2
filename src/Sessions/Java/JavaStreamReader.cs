using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Java;

/// <summary>
/// Reads Java object streams without recursion and without a single class: the stream describes its own fields.
/// <code>
/// content   = 70 null / 71 u32 handle / 74 u16 mutf8 / 7C u64 mutf8 / 73 classDesc fields… / 75 classDesc u32 n
/// elements
///           / 7E classDesc content(name) / 76 classDesc
/// classDesc = 72 u16 name u64 uid u8 flags u16 nFields *(typecode u16 name [content signature]) annotation* 78
/// classDesc
///           / 7D u32 n interfaces annotation* 78 classDesc / 71 u32 handle / 70
/// </code>
/// Objects of well-known JDK value classes become plain values (see <see cref="JavaValues"/>), all others objects as
/// data.
/// </summary>
internal ref struct JavaStreamReader
{
    // Frames of class descriptions stand between those of containers: up to three per level.
    private const int FramesPerLevel = 4;
    private const int MaxClassChain = 64;

    private readonly SessionTree _tree;
    private readonly int _maxDepth;
    private readonly int _maxClasses;
    private readonly List<JavaClass> _classes = [];

    // Nodes, or ~index for classes. Strings of class descriptions have handles too.
    private readonly List<int> _handles = [];
    private ByteReader _in;
    private JavaFrame[] _frames = new JavaFrame[16];
    private int _depth;
    private int _class;

    public JavaStreamReader(SessionTree tree, ReadOnlySpan<byte> bytes, int at, SessionLimits limits)
    {
        _tree = tree;
        _in = new ByteReader(bytes, at);
        _maxDepth = limits.MaxDepth;
        _maxClasses = limits.MaxNodes;
    }

    public readonly IReadOnlyList<JavaClass> Classes => _classes;

    public readonly SessionError Failure => _in.Failure;

    public readonly int At => _in.At;

    public readonly int Remaining => _in.Remaining;

    public bool ReadHeader() =>
        (_in.UInt16() == JavaToken.Magic && _in.UInt16() == JavaToken.Version && !_in.Failed)
        || _in.FailAt(0, SessionErrorCode.Syntax, "a Java object stream");

    public bool Fail(SessionErrorCode code, string? detail) => _in.Fail(code, detail);

    /// <summary>A node outside any map, for values that are looked at and dropped.</summary>
    public int NewNode()
    {
        int node = _tree.AddNode();
        if (node == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
        }

        return node;
    }

    /// <summary>Reads one object, string or null with all it contains.</summary>
    public bool ReadContent(int position)
    {
        Content(position);
        while (_depth > 0 && !_in.Failed)
        {
            Step();
        }

        return !_in.Failed;
    }

    private void Content(int position)
    {
        int at = _in.At;
        switch (_in.Byte())
        {
            case JavaToken.Null:
                _tree.Nodes[position].Kind = NodeKind.Null;
                break;
            case JavaToken.Reference:
                Again(position, at);
                break;
            case JavaToken.String:
                Text(position, _in.UInt16());
                break;
            case JavaToken.LongString:
                Text(position, _in.UInt64());
                break;
            case JavaToken.Object:
                Push(JavaFrameKind.Object, position);
                ClassDesc();
                break;
            case JavaToken.Array:
                Push(JavaFrameKind.Array, position);
                ClassDesc();
                break;
            case JavaToken.Enum:
                Push(JavaFrameKind.Enum, position);
                ClassDesc();
                break;
            case JavaToken.Class:
                Push(JavaFrameKind.ClassObject, position);
                ClassDesc();
                break;
            default:
                _in.FailAt(at, at >= _in.At ? SessionErrorCode.Truncated : SessionErrorCode.Syntax, "an object");
                break;
        }
    }

    private void Step()
    {
        ref JavaFrame frame = ref _frames[_depth - 1];
        switch (frame.Kind)
        {
            case JavaFrameKind.Object:
                StepObject(ref frame);
                break;
            case JavaFrameKind.Array:
                StepArray(ref frame);
                break;
            case JavaFrameKind.Enum:
                FinishEnum(ref frame);
                break;
            case JavaFrameKind.ClassObject:
                FinishClassObject(ref frame);
                break;
            case JavaFrameKind.ClassDesc:
                StepClassDesc(ref frame);
                break;
            default:
                StepCustomData(ref frame);
                break;
        }
    }

    private void Push(JavaFrameKind kind, int position)
    {
        if (_depth >= (_maxDepth + 1L) * FramesPerLevel)
        {
            _in.Fail(SessionErrorCode.TooDeep);
            return;
        }

        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        _frames[_depth++] = new JavaFrame { Kind = kind, Position = position };
    }

    private int Child(ref JavaFrame frame)
    {
        int child = NewNode();
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

    private readonly void Close(in JavaFrame frame, int holder)
    {
        ref Node node = ref _tree.Nodes[holder];
        node.Value = Node.Pack(frame.First, frame.Last);
        node.Count = frame.Count;
        node.Flags &= ~NodeFlags.Open;
    }

    // ---- objects ----

    private void StepObject(ref JavaFrame frame)
    {
        if (!frame.HasClass)
        {
            BeginObject(ref frame);
            return;
        }

        if (frame.Class < 0)
        {
            Close(frame, frame.Subject);
            int position = frame.Position;
            int record = frame.Subject;
            _depth--;
            JavaValues.Simplify(_tree, position, record, _classes);
            return;
        }

        JavaClass description = _classes[frame.Class];
        if (frame.Field < description.Fields.Length)
        {
            Field(ref frame, description.Fields[frame.Field++], description);
            return;
        }

        bool custom = description.HasCustomData;
        frame.Class = Below(frame.Subject, frame.Class);
        frame.Field = 0;
        if (custom)
        {
            int data = Child(ref frame);
            KeyOf(data, description.NameRange);
            _tree.Nodes[data].Kind = NodeKind.Map;
            _tree.Nodes[data].Hint = SessionHint.CustomData;
            Push(JavaFrameKind.CustomData, data);
        }
    }

    private void BeginObject(ref JavaFrame frame)
    {
        if (_class < 0)
        {
            _in.Fail(SessionErrorCode.Syntax, "an object without a class");
            return;
        }

        int position = frame.Position;
        _handles.Add(position);
        int record = Record(position, _class, NodeFlags.Open);
        frame.HasClass = true;
        frame.Subject = record;
        frame.Class = Below(record, -1);
        if ((_classes[_class].Flags & (JavaToken.FlagExternalizable | JavaToken.FlagBlockData))
            == JavaToken.FlagExternalizable)
        {
            _in.Fail(SessionErrorCode.NotAllowed, "external data of protocol version 1 has no end mark");
        }
    }

    /// <summary>The order of data is superclass first: the class that comes after one of an object's chain; -1 after
    /// the last.</summary>
    private readonly int Below(int record, int current)
    {
        int own = (int)_tree.Nodes[record].KeyHash - 1;
        if (own == current)
        {
            return -1;
        }

        int below = own;
        while (_classes[below].Super != current)
        {
            below = _classes[below].Super;
        }

        return below;
    }

    private int Record(int position, int description, NodeFlags flags)
    {
        int record = NewNode();
        _tree.Nodes[record] = new Node
        {
            Kind = NodeKind.Record,
            Key = _classes[description].NameRange,
            KeyHash = (uint)description + 1,
            Flags = flags | NodeFlags.Unnumbered,
        };
        _tree.Traits |= TreeTraits.Objects;
        _tree.Nodes[position].Kind = NodeKind.Object;
        _tree.Nodes[position].Value = record;
        return record;
    }

    private void Field(ref JavaFrame frame, JavaField field, JavaClass description)
    {
        int child = Child(ref frame);
        KeyOf(child, UniqueName(frame, field.Name, description));
        if (!field.IsPrimitive)
        {
            Content(child);
            return;
        }

        Primitive(child, field.Type);
    }

    /// <summary>A subclass may hide a field of its superclass: its own is then named like a private property of
    /// PHP.</summary>
    private readonly long UniqueName(in JavaFrame frame, long name, JavaClass description)
    {
        if (description.Depth == 1)
        {
            return name;
        }

        ReadOnlySpan<byte> text = _tree.Range(name);
        for (int other = frame.First; other != frame.Last; other = _tree.Nodes[other].Next)
        {
            if (_tree.Nodes[other].KeyKind == KeyKind.Bytes && _tree.Range(_tree.Nodes[other].Key).SequenceEqual(text))
            {
                return _tree.AppendBytes([0, .. _tree.Range(description.NameRange), 0, .. text]);
            }
        }

        return name;
    }

    private readonly void KeyOf(int child, long range)
    {
        ref Node node = ref _tree.Nodes[child];
        node.Key = range;
        node.KeyKind = KeyKind.Bytes;
        node.KeyHash = KeyHash.Of(_tree.Range(range));
    }

    private void Primitive(int position, byte type)
    {
        NodeKind kind = NodeKind.Int64;
        SessionHint hint = SessionHint.None;
        long value;
        switch (type)
        {
            case (byte)'B':
                value = (sbyte)_in.Byte();
                hint = SessionHint.Int8;
                break;
            case (byte)'S':
                value = (short)_in.UInt16();
                hint = SessionHint.Int16;
                break;
            case (byte)'C':
                value = _in.UInt16();
                hint = SessionHint.Character;
                break;
            case (byte)'I':
                value = (int)_in.UInt32();
                hint = SessionHint.Int32;
                break;
            case (byte)'J':
                value = (long)_in.UInt64();
                hint = SessionHint.Int64;
                break;
            case (byte)'Z':
                kind = NodeKind.Boolean;
                value = _in.Byte() != 0 ? 1 : 0;
                break;
            case (byte)'F':
                kind = NodeKind.Double;
                hint = SessionHint.Float32;
                value = BitConverter.DoubleToInt64Bits(BitConverter.UInt32BitsToSingle(_in.UInt32()));
                break;
            default:
                kind = NodeKind.Double;
                value = (long)_in.UInt64();
                break;
        }

        ref Node node = ref _tree.Nodes[position];
        node.Kind = kind;
        node.Hint = hint;
        node.Value = value;
    }

    private void StepCustomData(ref JavaFrame frame)
    {
        switch (_in.Peek())
        {
            case JavaToken.EndBlockData when _in.Remaining > 0:
                _in.Byte();
                Close(frame, frame.Position);
                _depth--;
                return;
            case JavaToken.BlockData:
                _in.Byte();
                Block(ref frame, _in.Byte());
                return;
            case JavaToken.BlockDataLong:
                _in.Byte();
                Block(ref frame, _in.UInt32());
                return;
            default:
                int child = Child(ref frame);
                _tree.Nodes[child].Key = frame.Count - 1;
                _tree.Nodes[child].KeyKind = KeyKind.Integer;
                Content(child);
                return;
        }
    }

    private void Block(ref JavaFrame frame, uint length)
    {
        _in.Take(length, out int offset);
        int child = Child(ref frame);
        ref Node node = ref _tree.Nodes[child];
        node.Key = frame.Count - 1;
        node.KeyKind = KeyKind.Integer;
        node.Kind = NodeKind.Bytes;
        node.Hint = SessionHint.CustomData;
        node.Value = Node.Pack(offset, _in.At - offset);
    }

    // ---- arrays, enums, classes, strings ----

    private void StepArray(ref JavaFrame frame)
    {
        if (!frame.HasClass)
        {
            BeginArray(ref frame);
            return;
        }

        if (frame.Remaining == 0)
        {
            int holder = _tree.Holder(frame.Position);
            Close(frame, holder);
            _depth--;
            return;
        }

        frame.Remaining--;
        int child = Child(ref frame);
        _tree.Nodes[child].Key = frame.Count - 1;
        _tree.Nodes[child].KeyKind = KeyKind.Integer;
        if (frame.Field is 'L' or '[')
        {
            Content(child);
        }
        else
        {
            Primitive(child, (byte)frame.Field);
        }
    }

    private void BeginArray(ref JavaFrame frame)
    {
        int at = _in.At;
        uint length = _in.UInt32();
        if (_class < 0 || _classes[_class].Name is not ['[', _, ..])
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "the class of an array");
            return;
        }

        string name = _classes[_class].Name;
        _handles.Add(frame.Position);
        frame.HasClass = true;
        frame.Field = name[1];
        frame.Remaining = (int)length;
        if (length > (ulong)_in.Remaining / SizeOf(name[1]))
        {
            _in.FailAt(at, SessionErrorCode.BadLength);
            return;
        }

        ref Node node = ref _tree.Nodes[frame.Position];
        if (name == "[B")
        {
            _in.Take(length, out int offset);
            node.Kind = NodeKind.Bytes;
            node.Hint = SessionHint.Binary;
            node.Value = Node.Pack(offset, (int)length);
            _depth--;
            return;
        }

        SessionHint hint = JavaType.ArrayHint(name);
        if (hint == SessionHint.None)
        {
            // An array of a class or type with no hint: an object whose properties are the elements.
            Record(frame.Position, _class, NodeFlags.Open);
            return;
        }

        node.Kind = NodeKind.Map;
        node.Hint = hint;
        node.Flags |= NodeFlags.Open;
    }

    private static uint SizeOf(char type) => type switch
    {
        'S' or 'C' => 2,
        'I' or 'F' => 4,
        'J' or 'D' => 8,
        _ => 1,
    };

    private void FinishEnum(ref JavaFrame frame)
    {
        if (_class < 0)
        {
            _in.Fail(SessionErrorCode.Syntax, "an enum without a class");
            return;
        }

        int position = frame.Position;
        _handles.Add(position);
        int record = Record(position, _class, NodeFlags.EnumCase);
        _tree.Nodes[record].Value = StringRange();
        _depth--;
    }

    private void FinishClassObject(ref JavaFrame frame)
    {
        int position = frame.Position;
        _handles.Add(position);
        _depth--;
        if (_class < 0)
        {
            _in.Fail(SessionErrorCode.Syntax, "a class without a description");
            return;
        }

        // The name of a class, as data: not even here is a class looked up.
        int record = Record(position, _class, NodeFlags.Payload);
        _tree.Nodes[record].Hint = SessionHint.Text;
    }

    private void Text(int position, ulong length)
    {
        long range = Characters(length, out bool lone);
        _handles.Add(position);
        ref Node node = ref _tree.Nodes[position];
        node.Kind = NodeKind.Bytes;
        node.Value = range;
        node.Hint = lone ? SessionHint.Text : SessionHint.None;
    }

    private long Characters(ulong length, out bool lone)
    {
        lone = false;
        int at = _in.At;
        ReadOnlySpan<byte> text = _in.Take(length, out int offset);
        if (_in.Failed || ModifiedUtf8.IsPlain(text))
        {
            return Node.Pack(offset, text.Length);
        }

        int start = _tree.ByteCount;
        int used = ModifiedUtf8.ToUtf8(text, _tree.ReserveBytes(text.Length), out lone);
        if (used < 0)
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "modified UTF-8");
        }

        return Node.Pack(start, Math.Max(used, 0));
    }

    /// <summary>A string that is part of a description: it never contains anything, so it is read at once.</summary>
    private long StringRange()
    {
        int at = _in.At;
        int node = NewNode();
        switch (_in.Byte())
        {
            case JavaToken.String:
                Text(node, _in.UInt16());
                break;
            case JavaToken.LongString:
                Text(node, _in.UInt64());
                break;
            case JavaToken.Reference:
                Again(node, at);
                break;
            default:
                _in.FailAt(at, SessionErrorCode.Syntax, "a string");
                break;
        }

        if (_tree.Nodes[node].Kind != NodeKind.Bytes)
        {
            _in.FailAt(at, SessionErrorCode.BadReference, "not a string");
            return 0;
        }

        return _tree.Nodes[node].Value;
    }

    private void Again(int position, int at)
    {
        long handle = (long)_in.UInt32() - JavaToken.FirstHandle;
        if (handle < 0 || handle >= _handles.Count || _handles[(int)handle] <= 0)
        {
            _in.FailAt(at, SessionErrorCode.BadReference);
            return;
        }

        int source = _handles[(int)handle];
        NodeKind kind = _tree.Nodes[source].Kind;
        if (kind == NodeKind.Object)
        {
            ref Node record = ref _tree.Nodes[_tree.Nodes[source].Target];
            record.Flags |= (record.Flags & NodeFlags.Open) != 0 ? NodeFlags.Cyclic : NodeFlags.None;
        }
        else if (kind is NodeKind.Map or NodeKind.SharedMap or NodeKind.Reference)
        {
            ShareMap(source);
        }

        _tree.Nodes[position].TakeValue(_tree.Nodes[source]);
        _tree.Nodes[position].Flags &= ~NodeFlags.Open;
    }

    /// <summary>An array that contains itself becomes a reference; a complete one is shared until it is
    /// written.</summary>
    private void ShareMap(int source)
    {
        if (_tree.Nodes[source].Kind != NodeKind.Map)
        {
            return;
        }

        bool open = (_tree.Nodes[source].Flags & NodeFlags.Open) != 0;
        int box = open ? Sharing.MakeReference(_tree, source) : Sharing.MakeShared(_tree, source);
        if (box == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
        }
    }

    // ---- class descriptions ----

    /// <summary>Reads a class description; <c>_class</c> has it (or -1) once its frame is gone.</summary>
    private void ClassDesc()
    {
        int at = _in.At;
        switch (_in.Byte())
        {
            case JavaToken.Null:
                _class = -1;
                break;
            case JavaToken.Reference:
                long handle = (long)_in.UInt32() - JavaToken.FirstHandle;
                if (handle < 0 || handle >= _handles.Count || _handles[(int)handle] >= 0
                    || IsBeingDescribed(~_handles[(int)handle]))
                {
                    _in.FailAt(at, SessionErrorCode.BadReference, "a class");
                    return;
                }

                _class = ~_handles[(int)handle];
                break;
            case JavaToken.ClassDesc:
                BeginClass();
                break;
            case JavaToken.ProxyClassDesc:
                BeginProxy();
                break;
            default:
                _in.FailAt(at, SessionErrorCode.Syntax, "a class");
                break;
        }
    }

    private void BeginClass()
    {
        long name = Characters(_in.UInt16(), out _);
        ulong uid = _in.UInt64();
        _handles.Add(~_classes.Count);
        int index = _classes.Count;
        _classes.Add(null!);
        byte flags = _in.Byte();
        ushort count = _in.UInt16();

        // Type code, length of the name, name: a field takes at least four bytes.
        if (_in.Failed || count * 4 > _in.Remaining || index >= _maxClasses)
        {
            _in.Fail(index >= _maxClasses ? SessionErrorCode.TooManyNodes : SessionErrorCode.BadLength);
            return;
        }

        var fields = new JavaField[count];
        for (int i = 0; i < count && !_in.Failed; i++)
        {
            int at = _in.At;
            byte type = _in.Byte();
            if (!"BCDFIJSZL["u8.Contains(type))
            {
                _in.FailAt(at, SessionErrorCode.Syntax, "a type code");
                return;
            }

            long fieldName = Characters(_in.UInt16(), out _);
            fields[i] = new JavaField(type, fieldName, type is (byte)'L' or (byte)'[' ? StringRange() : 0);
        }

        string text = System.Text.Encoding.UTF8.GetString(_tree.Range(name));
        EndClass(index, new JavaClass(text, name, uid, flags, fields));
    }

    private void BeginProxy()
    {
        _handles.Add(~_classes.Count);
        int index = _classes.Count;
        _classes.Add(null!);
        uint count = _in.UInt32();
        if (_in.Failed || count * 2UL > (ulong)_in.Remaining || index >= _maxClasses)
        {
            _in.Fail(index >= _maxClasses ? SessionErrorCode.TooManyNodes : SessionErrorCode.BadLength);
            return;
        }

        long[] interfaces = new long[count];
        for (int i = 0; i < count && !_in.Failed; i++)
        {
            interfaces[i] = Characters(_in.UInt16(), out _);
        }

        long name = _tree.AppendBytes("java.lang.reflect.Proxy"u8);
        EndClass(index,
            new JavaClass("java.lang.reflect.Proxy", name, 0, JavaToken.FlagSerializable, [])
                { ProxyInterfaces = interfaces });
    }

    private void EndClass(int index, JavaClass description)
    {
        _classes[index] = description;
        Push(JavaFrameKind.ClassDesc, 0);
        if (!_in.Failed)
        {
            _frames[_depth - 1].Subject = index;
            Push(JavaFrameKind.CustomData, NewNode());
        }
    }

    /// <summary>After the annotation comes the superclass, after the superclass the description is complete.</summary>
    private void StepClassDesc(ref JavaFrame frame)
    {
        if (!frame.HasClass)
        {
            frame.HasClass = true;
            ClassDesc();
            return;
        }

        int index = frame.Subject;
        JavaClass description = _classes[index];
        description.Super = _class;
        description.Depth = _class < 0 ? 1 : _classes[_class].Depth + 1;

        if (description.Depth > MaxClassChain)
        {
            _in.Fail(SessionErrorCode.BadReference, "the chain of superclasses");
        }

        _class = index;
        _depth--;
    }

    /// <summary>A class whose description is not complete can be neither a superclass nor have objects yet.</summary>
    private readonly bool IsBeingDescribed(int description)
    {
        foreach (ref readonly JavaFrame frame in _frames.AsSpan(0, _depth))
        {
            if (frame.Kind == JavaFrameKind.ClassDesc && frame.Subject == description)
            {
                return true;
            }
        }

        return false;
    }
}
