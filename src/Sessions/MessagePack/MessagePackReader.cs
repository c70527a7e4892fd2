using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.MessagePack;

/// <summary>
/// Reads MessagePack, plain or as msgpack-php writes it, where a nil key makes an entry of a map a note about the map
/// itself: <c>nil:1</c> it is a PHP reference, <c>nil:"Class"</c> an object, then <c>nil:{…}</c> what its __serialize
/// gave, <c>nil:3, "Class":"payload"</c> a Serializable, <c>nil:6, "Class":"Case"</c> an enum case, <c>nil:2|4|5,
/// 0:id</c> what was met before.
/// </summary>
internal ref struct MessagePackReader
{
    private const int List = 0;
    private const int Map = 1;
    private const int Object = 2;

    private const int NoteReference = 1;
    private const int NoteArrayAgain = 2;
    private const int NotePayload = 3;
    private const int NoteObjectAgain = 4;
    private const int NoteReferenceAgain = 5;
    private const int NoteEnum = 6;

    private readonly SessionTree _tree;
    private readonly int _maxNameBytes;
    private ByteReader _in;
    private FrameStack _frames;

    // Containers by number from 1: positions of maps and lists, records of objects.
    private IdTable _containers;

    public MessagePackReader(SessionTree tree, ReadOnlySpan<byte> bytes, Span<DecodeFrame> frames, SessionLimits limits)
    {
        _tree = tree;
        _maxNameBytes = limits.MaxNameBytes;
        _in = new ByteReader(bytes, 0);
        _frames = new FrameStack(tree, frames, limits.MaxDepth);
    }

    public readonly SessionError Failure => _in.Failure;

    public readonly int At => _in.At;

    public readonly void Dispose() => _containers.Dispose();

    public bool ReadValue(int position)
    {
        Value(position);
        while (!_in.Failed)
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
            if (_frames.Top.State == List)
            {
                int item = AddChild();
                _frames.SetKey(item, _frames.Top.Count - 1L);
                Value(item);
            }
            else if (_in.Peek() == 0xc0 && _in.Remaining > 0)
            {
                Note();
            }
            else
            {
                int child = AddChild();
                Key(child);
                Value(child);
            }
        }

        return false;
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

    private void Value(int position)
    {
        if (_in.Failed)
        {
            return;
        }

        int at = _in.At;
        byte type = _in.Byte();
        switch (type)
        {
            case < 0x80:
                Set(position, NodeKind.Int64, type);
                break;
            case < 0x90:
                Open(position, type & 15U, Map, at);
                break;
            case < 0xa0:
                Open(position, type & 15U, List, at);
                break;
            case < 0xc0:
                Text(position, type & 31U, SessionHint.None);
                break;
            case 0xc0:
                Set(position, NodeKind.Null, 0);
                break;
            case 0xc2 or 0xc3:
                Set(position, NodeKind.Boolean, type - 0xc2);
                break;
            case 0xca:
                Set(position, NodeKind.Double,
                    BitConverter.DoubleToInt64Bits(BitConverter.UInt32BitsToSingle(_in.UInt32())));
                _tree.Nodes[position].Hint = SessionHint.Float32;
                break;
            case 0xcb:
                Set(position, NodeKind.Double, (long)_in.UInt64());
                break;
            case >= 0xe0:
                Set(position, NodeKind.Int64, (sbyte)type);
                break;
            default:
                Sized(position, type, at);
                break;
        }
    }

    private void Sized(int position, byte type, int at)
    {
        switch (type)
        {
            case 0xc4 or 0xc5 or 0xc6:
                Text(position, Number(type - 0xc4), SessionHint.Binary);
                break;
            case 0xc7 or 0xc8 or 0xc9:
                Extension(position, (uint)Number(type - 0xc7));
                break;
            case >= 0xcc and <= 0xcf:
                Unsigned(position, Number(type - 0xcc));
                break;
            case 0xd0:
                Set(position, NodeKind.Int64, (sbyte)_in.Byte());
                break;
            case 0xd1:
                Set(position, NodeKind.Int64, (short)_in.UInt16());
                break;
            case 0xd2:
                Set(position, NodeKind.Int64, (int)_in.UInt32());
                break;
            case 0xd3:
                Set(position, NodeKind.Int64, (long)_in.UInt64());
                break;
            case >= 0xd4 and <= 0xd8:
                Extension(position, 1U << (type - 0xd4));
                break;
            case 0xd9 or 0xda or 0xdb:
                Text(position, Number(type - 0xd9), SessionHint.None);
                break;
            case 0xdc or 0xdd:
                Open(position, Number(type - 0xdc + 1), List, at);
                break;
            case 0xde or 0xdf:
                Open(position, Number(type - 0xde + 1), Map, at);
                break;
            default:
                _in.FailAt(at, SessionErrorCode.Syntax, "a value");
                break;
        }
    }

    /// <summary>A number of 1, 2, 4 or 8 bytes.</summary>
    private ulong Number(int width) => width switch
    {
        0 => _in.Byte(),
        1 => _in.UInt16(),
        2 => _in.UInt32(),
        _ => _in.UInt64(),
    };

    private readonly void Set(int position, NodeKind kind, long value)
    {
        ref Node node = ref _tree.Nodes[position];
        node.Kind = kind;
        node.Value = value;
    }

    private void Unsigned(int position, ulong value)
    {
        if (value <= long.MaxValue)
        {
            Set(position, NodeKind.Int64, (long)value);
            return;
        }

        Span<byte> digits = stackalloc byte[20];
        System.Buffers.Text.Utf8Formatter.TryFormat(value, digits, out int length);
        Set(position, NodeKind.Bytes, _tree.AppendBytes(digits[..length]));
        _tree.Nodes[position].Hint = SessionHint.BigInteger;
    }

    private void Text(int position, ulong length, SessionHint hint)
    {
        ReadOnlySpan<byte> text = _in.Take(length, out int offset);
        Set(position, NodeKind.Bytes, Node.Pack(offset, text.Length));
        _tree.Nodes[position].Hint = hint;
    }

    /// <summary>An extension type: kept as an object named after its number.</summary>
    private void Extension(int position, uint length)
    {
        sbyte type = (sbyte)_in.Byte();
        ReadOnlySpan<byte> data = _in.Take(length, out int offset);
        string text = MessagePackFormat.ExtensionPrefix
            + type.ToString(System.Globalization.CultureInfo.InvariantCulture);
        long name = _tree.AppendBytes(System.Text.Encoding.ASCII.GetBytes(text));
        Record(position, name, Node.Pack(offset, data.Length), NodeFlags.Payload);
    }

    private int Record(int position, long name, long value, NodeFlags flags)
    {
        int record = _tree.AddNode();
        if (record == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
            return 0;
        }

        _tree.Nodes[record] = new Node { Kind = NodeKind.Record, Key = name, Value = value,
            Flags = flags | NodeFlags.Unnumbered };
        _tree.Traits |= TreeTraits.Objects;
        Set(position, NodeKind.Object, record);
        _tree.Nodes[position].Flags &= ~NodeFlags.Open;
        return record;
    }

    private void Open(int position, ulong count, int state, int at)
    {
        // A key and a value, or an element: a byte each at least.
        if (count > (ulong)_in.Remaining / (state == List ? 1U : 2U))
        {
            _in.FailAt(at, SessionErrorCode.BadLength);
            return;
        }

        Set(position, NodeKind.Map, 0);
        _tree.Nodes[position].Hint = state == List ? SessionHint.List : SessionHint.Dictionary;
        _containers.Add(position);
        if (count != 0 && !_in.Failed && !_frames.Push(position, (int)count, state))
        {
            _in.FailAt(at, SessionErrorCode.TooDeep);
        }
    }

    private void Key(int child)
    {
        int at = _in.At;
        int scratch = _tree.AddNode();
        if (scratch == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
            return;
        }

        int depth = _frames.Depth;
        Value(scratch);
        ref readonly Node key = ref _tree.Nodes[scratch];
        if (_in.Failed)
        {
            return;
        }

        if (key.Kind == NodeKind.Int64)
        {
            _frames.SetKey(child, key.Value);
        }
        else if (key.Kind == NodeKind.Bytes && _frames.Depth == depth)
        {
            if (depth == 1 && key.Length > _maxNameBytes)
            {
                _in.FailAt(at, SessionErrorCode.NameTooLong);
            }

            _frames.SetKey(child, key.Offset, _tree.Range(key.Value));
        }
        else
        {
            _in.FailAt(at, SessionErrorCode.NotAllowed, "a key that is neither a number nor text");
        }
    }

    // ---- notes of msgpack-php ----

    private void Note()
    {
        int at = _in.At;
        _in.Byte();
        int owner = _frames.Top.Owner;
        if (_frames.Top.Count != 0)
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "a nil key after the first");
            return;
        }

        if (_frames.Top.State == Object)
        {
            Serialized(owner);
            return;
        }

        int scratch = _tree.AddNode();
        int containers = _containers.Count;
        if (scratch != 0)
        {
            Value(scratch);
        }

        if (scratch == 0 || _in.Failed || _containers.Count != containers)
        {
            _in.FailAt(at, scratch == 0 ? SessionErrorCode.TooManyNodes : SessionErrorCode.Syntax,
                "a note about a map");
            return;
        }

        if (_tree.Nodes[scratch].Kind == NodeKind.Bytes && _tree.Nodes[owner].Kind != NodeKind.Record)
        {
            BecomeObject(owner, _tree.Nodes[scratch].Value);
            return;
        }

        // The data that __serialize gave belongs to its object: it can be neither anything else nor shared.
        long note = _tree.Nodes[scratch].Kind == NodeKind.Int64 ? _tree.Nodes[scratch].Value : 0;
        if (_tree.Nodes[owner].Kind == NodeKind.Record)
        {
            if (note != NoteReference)
            {
                _in.FailAt(at, SessionErrorCode.Syntax, "a note about an object's data");
            }

            return;
        }

        switch (note)
        {
            case NoteReference:
                // The root always has this note; it has no other place to share its value with.
                if (owner != SessionTree.RootNode && Sharing.MakeReference(_tree, owner) == 0)
                {
                    _in.Fail(SessionErrorCode.TooManyNodes);
                }

                break;
            case NotePayload:
                Named(owner, NodeFlags.Payload, at);
                break;
            case NoteEnum:
                Named(owner, NodeFlags.EnumCase, at);
                break;
            case NoteArrayAgain or NoteObjectAgain or NoteReferenceAgain:
                Again(owner, note, at);
                break;
            default:
                _in.FailAt(at, SessionErrorCode.Syntax, "a note about a map");
                break;
        }
    }

    /// <summary>The map is an object: the entries that follow are its properties.</summary>
    private void BecomeObject(int owner, long name)
    {
        int place = _tree.Resolve(owner);
        int record = Record(place, name, 0, NodeFlags.Open);
        if (record == 0)
        {
            return;
        }

        _tree.Nodes[place].Hint = SessionHint.None;
        if (place == owner)
        {
            ReplaceContainer(owner, record);
        }

        ref DecodeFrame frame = ref _frames.Top;
        frame.Owner = record;
        frame.State = Object;
    }

    /// <summary>The number of the container that just became an object.</summary>
    private readonly void ReplaceContainer(int position, int record)
    {
        for (int id = _containers.Count - 1; id >= 0; id--)
        {
            if (_containers.TryGet((ulong)id, out long known) && known == position)
            {
                _containers.Replace((ulong)id, record);
                return;
            }
        }
    }

    /// <summary>After a second nil key: a map or list whose elements are the object's data.</summary>
    private void Serialized(int record)
    {
        int at = _in.At;
        int inner = _tree.AddNode();
        if (inner == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
            return;
        }

        // The outer frame ends here: the record gets its children from the inner one.
        if (_frames.Top.Remaining != 0)
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "an object with two kinds of data");
            return;
        }

        int numbered = _containers.Count;
        int depth = _frames.Depth;
        Value(inner);
        if (!_in.Failed && _containers.Count == numbered)
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "the data of an object");
        }
        else if (_frames.Depth > depth)
        {
            _frames.Top.Owner = record;
            _tree.Nodes[inner].Flags &= ~NodeFlags.Open;
            _frames.Below.Owner = inner;
        }
    }

    /// <summary>A class name as key and a text as value: a payload or an enum case.</summary>
    private void Named(int owner, NodeFlags body, int at)
    {
        int name = _tree.AddNode();
        int data = _tree.AddNode();
        if (data == 0 || _frames.Top.Remaining != 1)
        {
            _in.FailAt(at, data == 0 ? SessionErrorCode.TooManyNodes : SessionErrorCode.Syntax);
            return;
        }

        int depth = _frames.Depth;
        Value(name);
        Value(data);
        if (_in.Failed || _tree.Nodes[name].Kind != NodeKind.Bytes || _tree.Nodes[data].Kind != NodeKind.Bytes
            || _frames.Depth != depth)
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "a class name and its data");
            return;
        }

        int place = _tree.Resolve(owner);
        int record = Record(place, _tree.Nodes[name].Value, _tree.Nodes[data].Value, body);
        _tree.Nodes[place].Hint = SessionHint.None;
        ReplaceContainer(owner, record);
        EndFrame();
    }

    /// <summary>
    /// Something met before, by its number. The map that says so has a number itself where it stands for an object (as
    /// <c>r:</c> has in PHP's own format), and none where it is a reference.
    /// </summary>
    private void Again(int owner, long note, int at)
    {
        byte key = _in.Byte();
        int id = _tree.AddNode();
        if (id == 0 || key != 0 || _frames.Top.Remaining != 1)
        {
            _in.FailAt(at, id == 0 ? SessionErrorCode.TooManyNodes : SessionErrorCode.Syntax);
            return;
        }

        int containers = _containers.Count;
        Value(id);
        ref readonly Node number = ref _tree.Nodes[id];
        if (_in.Failed || _containers.Count != containers || number.Kind != NodeKind.Int64
            || !_containers.TryGet((ulong)(number.Value - 1), out long known) || known == owner)
        {
            _in.FailAt(at, SessionErrorCode.BadReference);
            return;
        }

        int source = (int)known;
        if (note != NoteObjectAgain)
        {
            _containers.RemoveLast();
        }

        EndFrame();
        int holder = _tree.Holder(source);
        if (_tree.Nodes[holder].Kind == NodeKind.Record && (note == NoteObjectAgain || source == holder))
        {
            Point(owner, NodeKind.Object, holder);
        }
        else
        {
            bool isOpen = (_tree.Nodes[holder].Flags & NodeFlags.Open) != 0;
            bool byValue = note == NoteObjectAgain && !isOpen
                && _tree.Nodes[source].Kind is NodeKind.Map or NodeKind.SharedMap;
            int box = byValue ? Sharing.MakeShared(_tree, source) : Sharing.MakeReference(_tree, source);
            if (box == 0)
            {
                _in.Fail(SessionErrorCode.TooManyNodes);
            }

            Point(owner, byValue ? NodeKind.SharedMap : NodeKind.Reference, box);
        }
    }

    private readonly void Point(int position, NodeKind kind, int target)
    {
        ref Node node = ref _tree.Nodes[position];
        node.Kind = kind;
        node.Value = target;
        node.Count = 0;
        node.Hint = SessionHint.None;
        node.Flags &= ~NodeFlags.Open;
    }

    /// <summary>Ends the frame of a map that turned out not to be one, without giving anything children.</summary>
    private void EndFrame() => _frames.Drop();
}
