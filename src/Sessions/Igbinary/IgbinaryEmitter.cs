using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Igbinary;

/// <summary>Writes igbinary version 2 with the same bytes, string numbers and reference numbers as the PHP
/// extension.</summary>
internal struct IgbinaryEmitter : IEmitter<IgbinaryEmitter>
{
    // Two numbers of 9 bytes, types and lengths: more than any fixed part takes.
    private const int FixedPart = 40;

    private readonly SessionTree _tree;
    private readonly OutBuffer _out;
    private readonly EmitContext _context;
    private readonly StringTable _strings;

    // Reference number plus one of each box and record; null in trees that share nothing.
    private readonly int[]? _ids;
    private readonly byte[]? _uses;
    private EnumCases? _cases;
    private int _nextId;

    private IgbinaryEmitter(EmitContext context)
    {
        _context = context;
        _tree = context.Tree;
        _out = context.Output;
        _strings = StringTable.Rent(_tree.NodeCount);
        const TreeTraits shares = TreeTraits.Objects | TreeTraits.References | TreeTraits.SharedMaps;
        _ids = (_tree.Traits & shares) != 0 ? new int[_tree.NodeCount] : null;
        _uses = ReferenceUses.Of(_tree);
    }

    public SessionErrorCode Error { get; private set; }

    public string? Detail { get; private set; }

    public static IgbinaryEmitter Create(EmitContext context, object? format) => new(context);

    public int Begin()
    {
        _out.Ensure(FixedPart);
        _out.UInt32(IgbinaryFormat.Version2);
        int root = SessionTree.RootNode;
        if (_tree.Nodes[_tree.Resolve(root)].Kind is not (NodeKind.Map or NodeKind.SharedMap))
        {
            return Value(root);
        }

        // The root has number 0 but is never referred to: PHP would build an array that contains itself by value.
        int holder = _tree.Holder(root);
        _nextId = 1;
        Sized(IgbinaryType.Array8, _context.CountOf(holder, true));
        return holder;
    }

    public int Entry(int position, int holder, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        int keyLength = node.KeyKind == KeyKind.Bytes ? node.KeyLength : 0;
        if (!_out.Ensure(keyLength + FixedPart))
        {
            return Fail(SessionErrorCode.Expansion);
        }

        if (node.Kind == NodeKind.Undefined)
        {
            _out.Byte(IgbinaryType.Null);
            return EmitStatus.Done;
        }

        if (node.KeyKind == KeyKind.Integer)
        {
            Long(node.Key);
        }
        else if (_tree.Nodes[holder].Kind != NodeKind.Record
            && TreeShape.IsIntegerKey(_tree.Range(node.Key), out long number))
        {
            Long(number);
        }
        else
        {
            Text(node.Key, node.KeyHash, IgbinaryType.String8, IgbinaryType.StringId8);
        }

        return Value(position);
    }

    public readonly bool Leave(int holder, int depth) => true;

    public readonly bool End()
    {
        _strings.Return();
        return true;
    }

    private int Value(int position)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        switch (node.Kind)
        {
            case NodeKind.Bytes:
                if (!_out.Ensure(node.Length + FixedPart))
                {
                    return Fail(SessionErrorCode.Expansion);
                }

                Text(node.Value, KeyHash.Of(_tree.Range(node.Value)), IgbinaryType.String8, IgbinaryType.StringId8);
                return EmitStatus.Done;
            case NodeKind.Int64:
                Long(node.Value);
                return EmitStatus.Done;
            case NodeKind.Boolean:
                _out.Byte(node.Value != 0 ? IgbinaryType.True : IgbinaryType.False);
                return EmitStatus.Done;
            case NodeKind.Double:
                _out.Byte(IgbinaryType.Double);
                _out.UInt64((ulong)node.Value);
                return EmitStatus.Done;
            case NodeKind.Map when _ids is null:
                _nextId++;
                Sized(IgbinaryType.Array8, node.Count);
                return position;
            case NodeKind.Map:
                // Met again where a shared array around it is written a second time.
                return Again(position, IgbinaryType.ArrayReference8) ? EmitStatus.Done : Array(position);
            case NodeKind.SharedMap:
                return Again(node.Target, IgbinaryType.ArrayReference8) ? EmitStatus.Done : Array(node.Target);
            case NodeKind.Object:
                return Object(node.Target);
            case NodeKind.Reference:
                return _uses![node.Target] > 1 ? Reference(node.Target) : Value(node.Target);
            default:
                _out.Byte(IgbinaryType.Null);
                return EmitStatus.Done;
        }
    }

    /// <summary>References to objects are numbered by the object, all others by their box.</summary>
    private int Reference(int box)
    {
        _out.Byte(IgbinaryType.Reference);
        ref readonly Node node = ref _tree.Nodes[box];
        if (node.Kind == NodeKind.Object)
        {
            return Object(node.Target);
        }

        if (Again(box, IgbinaryType.ArrayReference8))
        {
            return EmitStatus.Done;
        }

        if (node.Kind is NodeKind.Map or NodeKind.SharedMap)
        {
            return Array(_tree.Holder(box));
        }

        return Value(box);
    }

    private readonly int Array(int holder)
    {
        Sized(IgbinaryType.Array8, _tree.Nodes[holder].Count);
        return holder;
    }

    private int Object(int record)
    {
        if ((_tree.Nodes[record].Flags & NodeFlags.EnumCase) != 0)
        {
            record = (_cases ??= new EnumCases(_tree)).Of(record);
        }

        if (Again(record, IgbinaryType.ObjectReference8))
        {
            return EmitStatus.Done;
        }

        ref readonly Node node = ref _tree.Nodes[record];
        int data = (node.Flags & (NodeFlags.Payload | NodeFlags.EnumCase)) != 0 ? node.Length : 0;
        if (!_out.Ensure(node.KeyLength + data + FixedPart))
        {
            return Fail(SessionErrorCode.Expansion);
        }

        Text(node.Key, KeyHash.Of(_tree.Range(node.Key)), IgbinaryType.Object8, IgbinaryType.ObjectId8);
        if ((node.Flags & NodeFlags.EnumCase) != 0)
        {
            _out.Byte(IgbinaryType.EnumCase);
            Text(node.Value, KeyHash.Of(_tree.Range(node.Value)), IgbinaryType.String8, IgbinaryType.StringId8);
            return EmitStatus.Done;
        }

        if ((node.Flags & NodeFlags.Payload) != 0)
        {
            Sized(IgbinaryType.Payload8, node.Length);
            _out.Write(_tree.Range(node.Value));
            return EmitStatus.Done;
        }

        Sized(IgbinaryType.Array8, node.Count);
        return record;
    }

    /// <summary>Writes the number of something met before, or gives it the next one.</summary>
    private bool Again(int identity, byte type)
    {
        int id = _ids![identity] - 1;
        if (id < 0)
        {
            _ids[identity] = ++_nextId;
            return false;
        }

        Sized(type, id);
        return true;
    }

    private readonly void Long(long value)
    {
        int negative = value < 0 ? 1 : 0;
        ulong magnitude = negative != 0 ? 0 - (ulong)value : (ulong)value;
        switch (magnitude)
        {
            case <= byte.MaxValue:
                _out.Byte((byte)(IgbinaryType.Long8 + negative));
                _out.Byte((byte)magnitude);
                break;
            case <= ushort.MaxValue:
                _out.Byte((byte)(IgbinaryType.Long8 + 2 + negative));
                _out.UInt16((int)magnitude);
                break;
            case <= uint.MaxValue:
                _out.Byte((byte)(IgbinaryType.Long8 + 4 + negative));
                _out.UInt32((uint)magnitude);
                break;
            default:
                _out.Byte((byte)(IgbinaryType.Long64 + negative));
                _out.UInt64(magnitude);
                break;
        }
    }

    private readonly void Text(long range, uint hash, byte literal, byte byId)
    {
        ReadOnlySpan<byte> text = _tree.Range(range);
        if (text.IsEmpty && literal == IgbinaryType.String8)
        {
            _out.Byte(IgbinaryType.EmptyString);
            return;
        }

        int id = _strings.FindOrAdd(_tree.Bytes, range, hash);
        if (id >= 0)
        {
            Sized(byId, id);
            return;
        }

        if (text.Length > byte.MaxValue)
        {
            Sized(literal, text.Length);
            _out.Write(text);
            return;
        }

        Span<byte> room = _out.Rest();
        room[0] = literal;
        room[1] = (byte)text.Length;
        text.CopyTo(room[2..]);
        _out.Advance(2 + text.Length);
    }

    /// <summary>A type of a family by the width of its number, and the number.</summary>
    private readonly void Sized(byte type, int number)
    {
        switch (number)
        {
            case <= byte.MaxValue:
                _out.Byte(type);
                _out.Byte((byte)number);
                break;
            case <= ushort.MaxValue:
                _out.Byte((byte)(type + 1));
                _out.UInt16(number);
                break;
            default:
                _out.Byte((byte)(type + 2));
                _out.UInt32((uint)number);
                break;
        }
    }

    private int Fail(SessionErrorCode code)
    {
        Error = code;
        return EmitStatus.Failed;
    }
}
