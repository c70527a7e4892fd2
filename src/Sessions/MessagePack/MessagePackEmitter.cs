using System.Text.Unicode;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.MessagePack;

/// <summary>Writes plain MessagePack in the shortest forms. References become copies; objects cannot be
/// written.</summary>
internal struct MessagePackEmitter : IEmitter<MessagePackEmitter>
{
    private const int FixedPart = 32;

    private readonly SessionTree _tree;
    private readonly OutBuffer _out;
    private readonly EmitContext _context;
    private bool[] _isList = new bool[16];

    private MessagePackEmitter(EmitContext context)
    {
        _context = context;
        _tree = context.Tree;
        _out = context.Output;
    }

    public SessionErrorCode Error { get; private set; }

    public string? Detail { get; private set; }

    public static MessagePackEmitter Create(EmitContext context, object? format) => new(context);

    public int Begin() => Value(SessionTree.RootNode, 0);

    public int Entry(int position, int holder, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        if (!_isList[depth - 1])
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

    public readonly bool Leave(int holder, int depth) => true;

    public readonly bool End() => true;

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
                _out.Byte((byte)(0xc2 + node.Value));
                return EmitStatus.Done;
            case NodeKind.Int64:
                Integer(node.Value);
                return EmitStatus.Done;
            case NodeKind.Double when node.Hint == SessionHint.Float32:
                _out.Byte(0xca);
                _out.UInt32(BitConverter.SingleToUInt32Bits((float)BitConverter.Int64BitsToDouble(node.Value)));
                return EmitStatus.Done;
            case NodeKind.Double:
                _out.Byte(0xcb);
                _out.UInt64((ulong)node.Value);
                return EmitStatus.Done;
            case NodeKind.Bytes when node.Hint == SessionHint.BigInteger && IsUnsigned(node, out ulong number):
                _out.Byte(0xcf);
                _out.UInt64(number);
                return EmitStatus.Done;
            case NodeKind.Bytes:
                Text(_tree.Range(node.Value), node.Hint);
                return EmitStatus.Done;
            case NodeKind.Map or NodeKind.SharedMap:
                return Container(_tree.Holder(position), depth);
            case NodeKind.Object:
                return Extension(node.Target);
            default:
                _out.Byte(0xc0);
                return EmitStatus.Done;
        }
    }

    private int Container(int holder, int depth)
    {
        // A session is a map even when it is empty.
        bool isList = TreeShape.IsList(_tree, holder) && (depth > 0 || _tree.Nodes[holder].Hint == SessionHint.List);
        int count = _context.CountOf(holder, depth == 0);
        if (count < 16)
        {
            _out.Byte((byte)((isList ? 0x90 : 0x80) | count));
        }
        else if (count <= ushort.MaxValue)
        {
            _out.Byte((byte)(isList ? 0xdc : 0xde));
            _out.UInt16(count);
        }
        else
        {
            _out.Byte((byte)(isList ? 0xdd : 0xdf));
            _out.UInt32((uint)count);
        }

        if (depth >= _isList.Length)
        {
            Array.Resize(ref _isList, depth * 2);
        }

        _isList[depth] = isList;
        return holder;
    }

    private int Extension(int record)
    {
        ref readonly Node node = ref _tree.Nodes[record];
        string name = System.Text.Encoding.UTF8.GetString(_tree.Range(node.Key));
        if ((node.Flags & NodeFlags.Payload) == 0
            || !name.StartsWith(MessagePackFormat.ExtensionPrefix, StringComparison.Ordinal)
            || !sbyte.TryParse(name.AsSpan(MessagePackFormat.ExtensionPrefix.Length),
                System.Globalization.CultureInfo.InvariantCulture, out sbyte type))
        {
            return Fail(SessionErrorCode.NotRepresentable, "an object");
        }

        if (!_out.Ensure(node.Length + FixedPart))
        {
            return Fail(SessionErrorCode.Expansion, null);
        }

        _out.Byte(0xc9);
        _out.UInt32((uint)node.Length);
        _out.Byte((byte)type);
        _out.Write(_tree.Range(node.Value));
        return EmitStatus.Done;
    }

    private readonly void Integer(long value)
    {
        switch (value)
        {
            case >= -32 and < 128:
                _out.Byte((byte)value);
                break;
            case >= 0 and <= byte.MaxValue:
                _out.Byte(0xcc);
                _out.Byte((byte)value);
                break;
            case >= 0 and <= ushort.MaxValue:
                _out.Byte(0xcd);
                _out.UInt16((int)value);
                break;
            case >= 0 and <= uint.MaxValue:
                _out.Byte(0xce);
                _out.UInt32((uint)value);
                break;
            case >= 0:
                _out.Byte(0xcf);
                _out.UInt64((ulong)value);
                break;
            case >= sbyte.MinValue:
                _out.Byte(0xd0);
                _out.Byte((byte)value);
                break;
            case >= short.MinValue:
                _out.Byte(0xd1);
                _out.UInt16((short)value);
                break;
            case >= int.MinValue:
                _out.Byte(0xd2);
                _out.UInt32((uint)value);
                break;
            default:
                _out.Byte(0xd3);
                _out.UInt64((ulong)value);
                break;
        }
    }

    private readonly void Text(ReadOnlySpan<byte> text, SessionHint hint)
    {
        bool isText = hint != SessionHint.Binary && Utf8.IsValid(text);
        switch (text.Length)
        {
            case < 32 when isText:
                _out.Byte((byte)(0xa0 | text.Length));
                break;
            case <= byte.MaxValue:
                _out.Byte((byte)(isText ? 0xd9 : 0xc4));
                _out.Byte((byte)text.Length);
                break;
            case <= ushort.MaxValue:
                _out.Byte((byte)(isText ? 0xda : 0xc5));
                _out.UInt16(text.Length);
                break;
            default:
                _out.Byte((byte)(isText ? 0xdb : 0xc6));
                _out.UInt32((uint)text.Length);
                break;
        }

        _out.Write(text);
    }

    private readonly bool IsUnsigned(in Node node, out ulong number) =>
        System.Buffers.Text.Utf8Parser.TryParse(_tree.Range(node.Value), out number, out int used)
            && used == node.Length;

    private int Fail(SessionErrorCode code, string? detail)
    {
        Error = code;
        Detail = detail;
        return EmitStatus.Failed;
    }
}
