using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Igbinary;

/// <summary>
/// Reads igbinary, one pass, without recursion.
/// <code>
/// value = 00 null / 04 false / 05 true / (06|07) u8 / (08|09) u16 / (0a|0b) u32 / (20|21) u64 / 0c f64
///       / 0d / (0e|0f|10) stringId / (11|12|13) len bytes / 26 len64 bytes / (14|15|16) n n*(key value)
///       / (17|18|19) len class body / (1a|1b|1c) stringId body / (01|02|03) refId / (22|23|24) refId / 25 value
/// body  = (14|15|16) n n*(key value) / (1d|1e|1f) len bytes / 27 string
/// key   = any long / any string / 00 (an element without key and value)
/// </code>
/// </summary>
internal ref struct IgbinaryReader
{
    private const int ArrayFrame = 0;
    private const int ObjectFrame = 1;

    private readonly SessionTree _tree;
    private readonly int _maxNameBytes;
    private ByteReader _in;
    private FrameStack _frames;

    // String ids: every literal and class name in order, as packed ranges.
    private IdTable _strings;

    // Reference ids: position of an array or of a scalar under 25, or record of an object.
    private IdTable _places;

    public IgbinaryReader(
        SessionTree tree, ReadOnlySpan<byte> bytes, int at, Span<DecodeFrame> frames, Span<long> ids,
        SessionLimits limits)
    {
        _strings = new IdTable(ids[(ids.Length / 3)..]);
        _places = new IdTable(ids[..(ids.Length / 3)]);
        _tree = tree;
        _maxNameBytes = limits.MaxNameBytes;
        _in = new ByteReader(bytes, at);
        _frames = new FrameStack(tree, frames, limits.MaxDepth);
    }

    public readonly SessionError Failure => _in.Failure;

    public readonly int At => _in.At;

    public readonly void Dispose()
    {
        _strings.Dispose();
        _places.Dispose();
    }

    public bool ReadValue(int position)
    {
        while (true)
        {
            ReadOne(position);
            if (_in.Failed)
            {
                return false;
            }

            do
            {
                while (_frames.Depth > 0 && _frames.Top.Remaining == 0)
                {
                    _frames.Pop();
                }

                if (_frames.Depth == 0)
                {
                    return true;
                }

                _frames.Top.Remaining--;
                position = ReadKey();
                if (_in.Failed)
                {
                    return false;
                }
            }
            while (position == 0);
        }
    }

    /// <summary>Adds a child with the key that follows. Gives 0 for an element without key and value.</summary>
    private int ReadKey()
    {
        int at = _in.At;
        byte type = _in.Byte();
        if (type == IgbinaryType.Null)
        {
            if (!_in.Failed && _frames.Top.State == ObjectFrame)
            {
                int missing = AddChild();
                _tree.Nodes[missing].Kind = NodeKind.Undefined;
                _tree.Traits |= TreeTraits.Undefined;
            }

            return 0;
        }

        int child = AddChild();
        if (child == 0)
        {
            return 0;
        }

        if (IsLong(type))
        {
            _frames.SetKey(child, ReadLong(type));
            return child;
        }

        if (!IsString(type))
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "a key");
            return 0;
        }

        long range = ReadString(type);
        ReadOnlySpan<byte> key = _tree.Range(range);
        if (_frames.Depth == 1 && key.Length > _maxNameBytes)
        {
            _in.FailAt(at, SessionErrorCode.NameTooLong);
        }

        _frames.SetKey(child, (int)range, key);
        return child;
    }

    private int AddChild()
    {
        int child = _frames.AddChild();
        if (child == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
        }

        return child;
    }

    private void ReadOne(int position)
    {
        int at = _in.At;
        byte type = _in.Byte();
        if (type == IgbinaryType.Reference)
        {
            ReadReference(position);
            return;
        }

        if (!ReadScalar(position, type))
        {
            ReadContainer(position, type, at, isReference: false);
        }
    }

    private bool ReadScalar(int position, byte type)
    {
        NodeKind kind;
        long value;
        switch (type)
        {
            case (>= IgbinaryType.EmptyString and <= IgbinaryType.String32) or IgbinaryType.String64:
                kind = NodeKind.Bytes;
                value = ReadString(type);
                break;
            case (>= IgbinaryType.Long8 and <= IgbinaryType.Long32Negative) or IgbinaryType.Long64
                or IgbinaryType.Long64Negative:
                kind = NodeKind.Int64;
                value = ReadLong(type);
                break;
            case IgbinaryType.Null:
                kind = NodeKind.Null;
                value = 0;
                break;
            case IgbinaryType.False or IgbinaryType.True:
                kind = NodeKind.Boolean;
                value = type - IgbinaryType.False;
                break;
            case IgbinaryType.Double:
                kind = NodeKind.Double;
                value = (long)_in.UInt64();
                break;
            default:
                return false;
        }

        ref Node node = ref _tree.Nodes[position];
        node.Kind = kind;
        node.Value = value;
        return true;
    }

    private void ReadContainer(int position, byte type, int at, bool isReference)
    {
        switch (type)
        {
            case >= IgbinaryType.Array8 and <= IgbinaryType.Array32:
                _tree.Nodes[position].Kind = NodeKind.Map;
                if (isReference && Sharing.MakeReference(_tree, position) == 0)
                {
                    _in.Fail(SessionErrorCode.TooManyNodes);
                }

                _places.Add(position);
                Open(position, type, ArrayFrame, at);
                break;
            case >= IgbinaryType.Object8 and <= IgbinaryType.ObjectId32:
                ReadObject(position, type, isReference);
                break;
            case >= IgbinaryType.ArrayReference8 and <= IgbinaryType.ArrayReference32:
                ReadAgain(position, Number(type - IgbinaryType.ArrayReference8), at, isReference);
                break;
            case >= IgbinaryType.ObjectReference8 and <= IgbinaryType.ObjectReference32:
                ReadAgain(position, Number(type - IgbinaryType.ObjectReference8), at, isReference);
                break;
            default:
                _in.FailAt(at, SessionErrorCode.Syntax, "a value");
                break;
        }
    }

    /// <summary><c>25 value</c>: this position is a PHP reference. A scalar gets a number only here.</summary>
    private void ReadReference(int position)
    {
        int at = _in.At;
        byte type = _in.Byte();
        if (!ReadScalar(position, type))
        {
            ReadContainer(position, type, at, isReference: true);
            return;
        }

        if (Sharing.MakeReference(_tree, position) == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
        }

        _places.Add(position);
    }

    /// <summary>An array, object or reference that was met before.</summary>
    private void ReadAgain(int position, ulong id, int at, bool isReference)
    {
        if (_in.Failed || !_places.TryGet(id, out long place))
        {
            _in.FailAt(at, SessionErrorCode.BadReference);
            return;
        }

        int source = (int)place;
        if (isReference && _tree.Nodes[source].Kind == NodeKind.Reference)
        {
            Point(position, NodeKind.Reference, _tree.Nodes[source].Target);
            return;
        }

        if (!CopyPlace(position, source))
        {
            _in.FailAt(at, SessionErrorCode.BadReference, "an array inside itself");
            return;
        }

        // A first reference to something that was plain before: PHP makes a new cell here, which later ones then share.
        if (isReference)
        {
            if (Sharing.MakeReference(_tree, position) == 0)
            {
                _in.Fail(SessionErrorCode.TooManyNodes);
            }

            _places.Replace(id, position);
        }
    }

    /// <summary>Gives a position the value of another: the same object, a shared array, or a copy of a
    /// scalar.</summary>
    private bool CopyPlace(int position, int source)
    {
        if (_tree.Nodes[source].Kind == NodeKind.Record)
        {
            Point(position, NodeKind.Object, source);
            return true;
        }

        source = _tree.Resolve(source);
        if (_tree.Nodes[source].Kind is not (NodeKind.Map or NodeKind.SharedMap))
        {
            _tree.Nodes[position].TakeValue(_tree.Nodes[source]);
            return true;
        }

        if ((_tree.Nodes[_tree.Holder(source)].Flags & NodeFlags.Open) != 0)
        {
            return false;
        }

        int box = Sharing.MakeShared(_tree, source);
        if (box == 0)
        {
            return _in.Fail(SessionErrorCode.TooManyNodes);
        }

        Point(position, NodeKind.SharedMap, box);
        return true;
    }

    private readonly void Point(int position, NodeKind kind, int target)
    {
        ref Node node = ref _tree.Nodes[position];
        node.Kind = kind;
        node.Value = target;
    }

    private void ReadObject(int position, byte type, bool isReference)
    {
        int at = _in.At;
        long name;
        if (type <= IgbinaryType.Object32)
        {
            _in.Take(Number(type - IgbinaryType.Object8), out int offset);
            name = Node.Pack(offset, _in.At - offset);
            _strings.Add(name);
        }
        else if (!_strings.TryGet(Number(type - IgbinaryType.ObjectId8), out name))
        {
            _in.FailAt(at, SessionErrorCode.BadReference, "a string");
            return;
        }

        int record = _tree.AddNode();
        if (record == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
            return;
        }

        _tree.Traits |= TreeTraits.Objects;
        _tree.Nodes[record] = new Node { Kind = NodeKind.Record, Key = name, Flags = NodeFlags.Unnumbered };
        Point(position, NodeKind.Object, record);
        if (isReference && Sharing.MakeReference(_tree, position) == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
        }

        _places.Add(isReference ? position : record);
        ReadBody(record);
    }

    private void ReadBody(int record)
    {
        int at = _in.At;
        byte type = _in.Byte();
        if (type is >= IgbinaryType.Array8 and <= IgbinaryType.Array32)
        {
            Open(record, type, ObjectFrame, at);
        }
        else if (type is >= IgbinaryType.Payload8 and <= IgbinaryType.Payload32)
        {
            ReadOnlySpan<byte> payload = _in.Take(Number(type - IgbinaryType.Payload8), out int offset);
            SetData(record, Node.Pack(offset, payload.Length), NodeFlags.Payload);
        }
        else if (type == IgbinaryType.EnumCase)
        {
            byte stringType = _in.Byte();
            if (!IsString(stringType))
            {
                _in.FailAt(at + 1, SessionErrorCode.Syntax, "the name of an enum case");
                return;
            }

            SetData(record, ReadString(stringType), NodeFlags.EnumCase);
        }
        else
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "an object's body");
        }
    }

    private readonly void SetData(int record, long range, NodeFlags flags)
    {
        ref Node node = ref _tree.Nodes[record];
        node.Value = range;
        node.Flags |= flags;
    }

    private void Open(int owner, byte type, int state, int at)
    {
        ulong count = Number(type - IgbinaryType.Array8);
        if (count > (ulong)_in.Remaining)
        {
            _in.FailAt(at, SessionErrorCode.BadLength);
        }
        else if (count != 0 && !_in.Failed && !_frames.Push(owner, (int)count, state))
        {
            _in.FailAt(at, SessionErrorCode.TooDeep);
        }
    }

    /// <summary>A number of 1, 2, 4 or 8 bytes: the widths of a family of types in order.</summary>
    private ulong Number(int width) => width switch
    {
        0 => _in.Byte(),
        1 => _in.UInt16(),
        2 => _in.UInt32(),
        _ => _in.UInt64(),
    };

    private static bool IsLong(byte type) =>
        type is (>= IgbinaryType.Long8 and <= IgbinaryType.Long32Negative) or IgbinaryType.Long64
            or IgbinaryType.Long64Negative;

    private static bool IsString(byte type) =>
        type is (>= IgbinaryType.EmptyString and <= IgbinaryType.String32) or IgbinaryType.String64;

    private long ReadLong(byte type)
    {
        int at = _in.At;
        ulong magnitude = type switch
        {
            < IgbinaryType.Long8 + 2 => _in.Byte(),
            < IgbinaryType.Long8 + 4 => _in.UInt16(),
            < IgbinaryType.Long8 + 6 => _in.UInt32(),
            _ => _in.UInt64(),
        };
        bool negative = (type & 1) != 0;
        if (magnitude > (negative ? 1UL << 63 : long.MaxValue))
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "a number beyond 64 bits");
        }

        return negative ? (long)(0 - magnitude) : (long)magnitude;
    }

    private long ReadString(byte type)
    {
        // Most literals are short.
        if (type == IgbinaryType.String8)
        {
            return Literal(_in.Byte());
        }

        int at = _in.At;
        if (type == IgbinaryType.EmptyString)
        {
            return 0;
        }

        if (type is >= IgbinaryType.StringId8 and <= IgbinaryType.StringId32)
        {
            if (!_strings.TryGet(Number(type - IgbinaryType.StringId8), out long known))
            {
                _in.FailAt(at, SessionErrorCode.BadReference, "a string");
            }

            return known;
        }

        return Literal(Number(type == IgbinaryType.String64 ? 3 : type - IgbinaryType.String8));
    }

    private long Literal(ulong length)
    {
        ReadOnlySpan<byte> text = _in.Take(length, out int offset);
        long range = Node.Pack(offset, text.Length);
        _strings.Add(range);
        return range;
    }
}
