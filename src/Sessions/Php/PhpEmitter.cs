using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Php;

/// <summary>Writes the text family of PHP's session formats, with the same bytes and numbering as PHP itself.</summary>
internal struct PhpEmitter : IEmitter<PhpEmitter>
{
    /// <summary>Longest name php_binary can write: its length byte has 7 bits.</summary>
    private const int MaxBinaryName = 127;

    // Type, braces, colons, quotes, two decimal numbers and a double: more than any fixed part takes.
    private const int FixedPart = 96;

    private readonly SessionTree _tree;
    private readonly OutBuffer _out;
    private readonly EmitContext _context;
    private readonly PhpStyle _style;

    // Number of the first occurrence of each box and record; null in trees without any.
    private readonly int[]? _numbers;
    private readonly byte[]? _uses;
    private EnumCases? _cases;
    private int _number;

    private PhpEmitter(EmitContext context, PhpStyle style)
    {
        _context = context;
        _tree = context.Tree;
        _out = context.Output;
        _style = style;
        bool shares = (_tree.Traits & (TreeTraits.Objects | TreeTraits.References)) != 0;
        _numbers = shares ? new int[_tree.NodeCount] : null;
        _uses = ReferenceUses.Of(_tree);
    }

    public SessionErrorCode Error { get; private set; }

    public string? Detail { get; private set; }

    public static PhpEmitter Create(EmitContext context, object? format) => new(context, (PhpStyle)format!);

    public int Begin()
    {
        int root = SessionTree.RootNode;
        int place = _tree.Resolve(root);
        if (_tree.Nodes[place].Kind is not (NodeKind.Map or NodeKind.SharedMap))
        {
            return _style == PhpStyle.PhpSerialize ? Value(root) : Fail(SessionErrorCode.NotASession, null);
        }

        int holder = _tree.Holder(root);
        if (_style != PhpStyle.PhpSerialize)
        {
            return holder;
        }

        _number = 1;
        if (place != root)
        {
            _numbers![place] = 1;
        }

        return OpenArray(holder, _context.CountOf(holder, true));
    }

    public int Entry(int position, int holder, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        if (node.Kind == NodeKind.Undefined)
        {
            return EmitStatus.Done;
        }

        int keyLength = node.KeyKind == KeyKind.Bytes ? node.KeyLength : 0;
        if (!_out.Ensure(keyLength + FixedPart))
        {
            return Fail(SessionErrorCode.Expansion, null);
        }

        if (depth == 1 && _style != PhpStyle.PhpSerialize)
        {
            if (!Name(node))
            {
                return EmitStatus.Failed;
            }
        }
        else
        {
            Key(node, _tree.Nodes[holder].Kind == NodeKind.Record);
        }

        return Value(position);
    }

    public readonly bool Leave(int holder, int depth)
    {
        if (!_out.Ensure(1))
        {
            return false;
        }

        _out.Byte((byte)'}');
        return true;
    }

    public readonly bool End()
    {
        if (_style == PhpStyle.PhpSerialize && _tree.Nodes[_tree.Holder(SessionTree.RootNode)].Kind == NodeKind.Map)
        {
            return Leave(SessionTree.RootNode, 0);
        }

        return true;
    }

    private bool Name(in Node node)
    {
        if (node.KeyKind != KeyKind.Bytes)
        {
            Fail(SessionErrorCode.NotRepresentable, "a number as the name of a variable");
            return false;
        }

        ReadOnlySpan<byte> name = _tree.Range(node.Key);
        if (_style == PhpStyle.Php)
        {
            if (name.Contains((byte)'|'))
            {
                Fail(SessionErrorCode.NotRepresentable, "a name with '|'");
                return false;
            }

            _out.Write(name);
            _out.Byte((byte)'|');
            return true;
        }

        if (name.Length > MaxBinaryName)
        {
            Fail(SessionErrorCode.NotRepresentable, "a name of more than 127 bytes");
            return false;
        }

        _out.Byte((byte)name.Length);
        _out.Write(name);
        return true;
    }

    private readonly void Key(in Node node, bool isProperty)
    {
        if (node.KeyKind == KeyKind.Integer)
        {
            Integer(node.Key);
            return;
        }

        ReadOnlySpan<byte> key = _tree.Range(node.Key);
        if (!isProperty && TreeShape.IsIntegerKey(key, out long number))
        {
            Integer(number);
            return;
        }

        Text((byte)'s', key);
        _out.Byte((byte)';');
    }

    private int Value(int position)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        switch (node.Kind)
        {
            case NodeKind.Reference:
                return _uses![node.Target] > 1 ? Reference(node.Target) : Value(node.Target);
            case NodeKind.Object:
                return Object(node.Target);
            case NodeKind.SharedMap:
                _number++;
                return OpenArray(node.Target, _tree.Nodes[node.Target].Count);
            default:
                _number++;
                return Plain(position, node);
        }
    }

    /// <summary>PHP numbers a reference to an object by the object, any other reference by its box.</summary>
    private int Reference(int box)
    {
        ref readonly Node node = ref _tree.Nodes[box];
        int identity = node.Kind == NodeKind.Object ? Identity(node.Target) : box;
        if (_numbers![identity] != 0)
        {
            BackReference((byte)'R', _numbers[identity]);
            return EmitStatus.Done;
        }

        _numbers[identity] = ++_number;
        return node.Kind switch
        {
            NodeKind.Object => OpenObject(identity),
            NodeKind.SharedMap => OpenArray(node.Target, _tree.Nodes[node.Target].Count),
            _ => Plain(box, node),
        };
    }

    private int Object(int record)
    {
        _number++;
        record = Identity(record);
        if (_numbers![record] != 0)
        {
            BackReference((byte)'r', _numbers[record]);
            return EmitStatus.Done;
        }

        _numbers[record] = _number;
        return OpenObject(record);
    }

    private int Identity(int record) =>
        (_tree.Nodes[record].Flags & NodeFlags.EnumCase) != 0 ? (_cases ??= new EnumCases(_tree)).Of(record) : record;

    private int Plain(int position, in Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Int64:
                Integer(node.Value);
                return EmitStatus.Done;
            case NodeKind.Bytes:
                if (!_out.Ensure(node.Length + FixedPart))
                {
                    return Fail(SessionErrorCode.Expansion, null);
                }

                Text((byte)'s', _tree.Range(node.Value));
                _out.Byte((byte)';');
                return EmitStatus.Done;
            case NodeKind.Map:
                return OpenArray(position, node.Count);
            case NodeKind.Boolean:
                _out.Write(node.Value != 0 ? "b:1;"u8 : "b:0;"u8);
                return EmitStatus.Done;
            case NodeKind.Double:
                _out.Write("d:"u8);
                _out.Advance(PhpDouble.Format(BitConverter.Int64BitsToDouble(node.Value), _out.Rest()));
                _out.Byte((byte)';');
                return EmitStatus.Done;
            default:
                _out.Write("N;"u8);
                return EmitStatus.Done;
        }
    }

    private readonly int OpenArray(int holder, int count)
    {
        Span<byte> room = _out.Rest();
        room[0] = (byte)'a';
        room[1] = (byte)':';
        int at = 2 + OutBuffer.Decimal(count, room[2..]);
        room[at] = (byte)':';
        room[at + 1] = (byte)'{';
        _out.Advance(at + 2);
        return holder;
    }

    private int OpenObject(int record)
    {
        ref readonly Node node = ref _tree.Nodes[record];
        ReadOnlySpan<byte> name = _tree.Range(node.Key);
        ReadOnlySpan<byte> data = (node.Flags & (NodeFlags.Payload | NodeFlags.EnumCase)) != 0
            ? _tree.Range(node.Value) : default;
        if (!_out.Ensure(name.Length + data.Length + FixedPart))
        {
            return Fail(SessionErrorCode.Expansion, null);
        }

        if (!PhpTokens.IsClassName(name))
        {
            return Fail(SessionErrorCode.NotRepresentable, "a class name that PHP does not have");
        }

        if ((node.Flags & NodeFlags.EnumCase) != 0)
        {
            _out.Write("E:"u8);
            _out.Decimal(name.Length + 1 + data.Length);
            _out.Write(":\""u8);
            _out.Write(name);
            _out.Byte((byte)':');
            _out.Write(data);
            _out.Write("\";"u8);
            return EmitStatus.Done;
        }

        bool isPayload = (node.Flags & NodeFlags.Payload) != 0;
        Text((byte)(isPayload ? 'C' : 'O'), name);
        _out.Byte((byte)':');
        _out.Decimal(isPayload ? data.Length : Defined(record));
        _out.Write(":{"u8);
        if (!isPayload)
        {
            return record;
        }

        _out.Write(data);
        _out.Byte((byte)'}');
        _number += PhpPayload.CountValues(data);
        return EmitStatus.Done;
    }

    /// <summary>Number of properties that have a value.</summary>
    private readonly int Defined(int record)
    {
        int count = _tree.Nodes[record].Count;
        if ((_tree.Traits & TreeTraits.Undefined) != 0)
        {
            for (int child = _tree.Nodes[record].First; child != 0; child = _tree.Nodes[child].Next)
            {
                count -= _tree.Nodes[child].Kind == NodeKind.Undefined ? 1 : 0;
            }
        }

        return count;
    }

    private readonly void Integer(long value)
    {
        Span<byte> room = _out.Rest();
        room[0] = (byte)'i';
        room[1] = (byte)':';
        int at = 2 + OutBuffer.Decimal(value, room[2..]);
        room[at] = (byte)';';
        _out.Advance(at + 1);
    }

    private readonly void Text(byte type, ReadOnlySpan<byte> text)
    {
        Span<byte> room = _out.Rest();
        room[0] = type;
        room[1] = (byte)':';
        int at = 2 + OutBuffer.Decimal(text.Length, room[2..]);
        room[at] = (byte)':';
        room[at + 1] = (byte)'"';
        text.CopyTo(room[(at + 2)..]);
        at += 2 + text.Length;
        room[at] = (byte)'"';
        _out.Advance(at + 1);
    }

    private readonly void BackReference(byte type, int number)
    {
        _out.Byte(type);
        _out.Byte((byte)':');
        _out.Decimal(number);
        _out.Byte((byte)';');
    }

    private int Fail(SessionErrorCode code, string? detail)
    {
        Error = code;
        Detail = detail;
        return EmitStatus.Failed;
    }
}
