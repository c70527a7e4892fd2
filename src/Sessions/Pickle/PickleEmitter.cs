using System.Numerics;
using System.Text.Unicode;
using SessionGateway.Sessions.Java;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Pickle;

/// <summary>Writes a pickle of plain values. References become copies; objects cannot be written.</summary>
internal struct PickleEmitter : IEmitter<PickleEmitter>
{
    private const byte Protocol = 4;
    private const int FixedPart = 32;

    private readonly SessionTree _tree;
    private readonly OutBuffer _out;

    // The opcode that ends the container at each depth; SETITEMS means that it has keys.
    private byte[] _ends = new byte[16];

    private PickleEmitter(EmitContext context)
    {
        _tree = context.Tree;
        _out = context.Output;
    }

    public SessionErrorCode Error { get; private set; }

    public string? Detail { get; private set; }

    public static PickleEmitter Create(EmitContext context, object? format) => new(context);

    public int Begin()
    {
        if (_tree.Root.Kind != SessionKind.Map)
        {
            return Fail(SessionErrorCode.NotASession, null);
        }

        _out.Ensure(FixedPart);
        _out.Byte(PickleOp.Proto);
        _out.Byte(Protocol);
        return Container(_tree.Holder(SessionTree.RootNode), 0, PickleOp.EmptyDict, PickleOp.SetItems);
    }

    public int Entry(int position, int holder, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        if (_ends[depth - 1] == PickleOp.SetItems)
        {
            if (!_out.Ensure((node.KeyKind == KeyKind.Bytes ? node.KeyLength : 0) + FixedPart))
            {
                return Fail(SessionErrorCode.Expansion, null);
            }

            if (node.KeyKind == KeyKind.Integer)
            {
                Integer(node.Key);
            }
            else
            {
                Text(_tree.Range(node.Key), SessionHint.None);
            }
        }

        return Value(position, depth);
    }

    public bool Leave(int holder, int depth)
    {
        if (!_out.Ensure(1))
        {
            Fail(SessionErrorCode.Expansion, null);
            return false;
        }

        _out.Byte(_ends[depth]);
        return true;
    }

    public bool End()
    {
        if (!Leave(0, 0) || !_out.Ensure(1))
        {
            return false;
        }

        _out.Byte(PickleOp.Stop);
        return true;
    }

    private int Value(int position, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[_tree.Resolve(position)];
        if (!_out.Ensure((node.Kind == NodeKind.Bytes ? node.Length : 0) + FixedPart))
        {
            return Fail(SessionErrorCode.Expansion, null);
        }

        switch (node.Kind)
        {
            case NodeKind.Boolean:
                _out.Byte(node.Value != 0 ? PickleOp.NewTrue : PickleOp.NewFalse);
                return EmitStatus.Done;
            case NodeKind.Int64:
                Integer(node.Value);
                return EmitStatus.Done;
            case NodeKind.Double:
                _out.Byte(PickleOp.BinFloat);
                _out.UInt64((ulong)node.Value);
                return EmitStatus.Done;
            case NodeKind.Bytes when node.Hint == SessionHint.BigInteger
                && JavaNumbers.TryParse(System.Text.Encoding.UTF8.GetString(_tree.Range(node.Value)),
                    out BigInteger number):
                return Long(number.ToByteArray());
            case NodeKind.Bytes:
                Text(_tree.Range(node.Value), node.Hint);
                return EmitStatus.Done;
            case NodeKind.Map or NodeKind.SharedMap:
                return Collection(_tree.Holder(position), depth);
            case NodeKind.Object:
                return Fail(SessionErrorCode.NotRepresentable, "an object");
            default:
                _out.Byte(PickleOp.None);
                return EmitStatus.Done;
        }
    }

    private int Collection(int holder, int depth)
    {
        if (!TreeShape.IsList(_tree, holder) || JavaCollections.IsMapHint(_tree.Nodes[holder].Hint))
        {
            return Container(holder, depth, PickleOp.EmptyDict, PickleOp.SetItems);
        }

        switch (_tree.Nodes[holder].Hint)
        {
            case SessionHint.HashSet or SessionHint.LinkedHashSet or SessionHint.TreeSet or SessionHint.ImmutableSet:
                return Container(holder, depth, PickleOp.EmptySet, PickleOp.AddItems);
            case SessionHint.Tuple:
                return Container(holder, depth, 0, PickleOp.Tuple);
            default:
                return Container(holder, depth, PickleOp.EmptyList, PickleOp.Appends);
        }
    }

    private int Container(int holder, int depth, byte begin, byte end)
    {
        if (begin != 0)
        {
            _out.Byte(begin);
        }

        _out.Byte(PickleOp.Mark);
        if (depth >= _ends.Length)
        {
            Array.Resize(ref _ends, depth * 2);
        }

        _ends[depth] = end;
        return holder;
    }

    private int Long(byte[] bytes)
    {
        if (!_out.Ensure(bytes.Length + FixedPart))
        {
            return Fail(SessionErrorCode.Expansion, null);
        }

        _out.Byte(PickleOp.Long4);
        Little((uint)bytes.Length);
        _out.Write(bytes);
        return EmitStatus.Done;
    }

    private readonly void Integer(long value)
    {
        switch (value)
        {
            case >= 0 and <= byte.MaxValue:
                _out.Byte(PickleOp.BinInt1);
                _out.Byte((byte)value);
                break;
            case >= int.MinValue and <= int.MaxValue:
                _out.Byte(PickleOp.BinInt);
                Little((uint)value);
                break;
            default:
                _out.Byte(PickleOp.Long1);
                _out.Byte(8);
                Little((uint)value);
                Little((uint)(value >> 32));
                break;
        }
    }

    private readonly void Text(ReadOnlySpan<byte> text, SessionHint hint)
    {
        bool isText = hint != SessionHint.Binary && Utf8.IsValid(text);
        if (text.Length <= byte.MaxValue)
        {
            _out.Byte(isText ? PickleOp.ShortBinUnicode : PickleOp.ShortBinBytes);
            _out.Byte((byte)text.Length);
        }
        else
        {
            _out.Byte(isText ? PickleOp.BinUnicode : PickleOp.BinBytes);
            Little((uint)text.Length);
        }

        _out.Write(text);
    }

    private readonly void Little(uint value) =>
        _out.UInt32(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value));

    private int Fail(SessionErrorCode code, string? detail)
    {
        Error = code;
        Detail = detail;
        return EmitStatus.Failed;
    }
}
