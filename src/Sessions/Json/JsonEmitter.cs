using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Json;

/// <summary>
/// Writes any session as JSON to look at. What JSON lacks is marked by names with a dollar sign: integers beyond 2^53
/// are text, bytes <c>{"$base64":…}</c>, infinities <c>{"$float":…}</c>, objects begin with <c>"$class"</c>, payloads
/// and enum cases are <c>"$payload"</c> and <c>"$case"</c>, and what occurs again (enum cases apart) is
/// <c>{"$ref":"#/path"}</c>. A name of the session that equals a marker gets a second dollar sign.
/// </summary>
internal struct JsonEmitter : IEmitter<JsonEmitter>
{
    private const long MaxExact = 1L << 53;
    private const int FixedPart = 64;

    private readonly SessionTree _tree;
    private readonly OutBuffer _out;
    private readonly int[]? _firstPlaces;
    private readonly int[]? _parents;
    private Level[] _levels = new Level[16];

    private readonly JsonStyle _style;

    private JsonEmitter(EmitContext context, JsonStyle style)
    {
        _style = style;
        _tree = context.Tree;
        _out = context.Output;
        if ((_tree.Traits & (TreeTraits.Objects | TreeTraits.References)) != 0)
        {
            _firstPlaces = new int[_tree.NodeCount];
            _parents = new int[_tree.NodeCount];
        }
    }

    public SessionErrorCode Error { get; private set; }

    public readonly string? Detail => null;

    public static JsonEmitter Create(EmitContext context, object? format) => new(context, (JsonStyle)format!);

    public int Begin() => Value(SessionTree.RootNode, 0);

    public int Entry(int position, int holder, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[position];
        if (node.Kind == NodeKind.Undefined)
        {
            return EmitStatus.Done;
        }

        ref Level level = ref _levels[depth - 1];
        if (!_out.Ensure((node.KeyKind == KeyKind.Bytes ? node.KeyLength * 6 : 0) + FixedPart))
        {
            return Fail();
        }

        if (level.HasEntries)
        {
            _out.Byte((byte)',');
        }

        level.HasEntries = true;
        if (!level.IsList)
        {
            if (!Key(node, level.IsObject))
            {
                return Fail();
            }

            _out.Byte((byte)':');
        }

        if (_parents is not null)
        {
            _parents[position] = level.Place;
        }

        return Value(position, depth);
    }

    public bool Leave(int holder, int depth)
    {
        if (!_out.Ensure(1))
        {
            Fail();
            return false;
        }

        _out.Byte((byte)(_levels[depth].IsList ? ']' : '}'));
        return true;
    }

    public bool End() => !_levels[0].IsOpen || Leave(0, 0);

    private int Value(int position, int depth)
    {
        ref readonly Node place = ref _tree.Nodes[position];
        int at = _tree.Resolve(position);
        ref readonly Node node = ref _tree.Nodes[at];
        int holder = node.Kind is NodeKind.Map or NodeKind.SharedMap or NodeKind.Object ? _tree.Holder(at) : 0;
        int identity = node.Kind == NodeKind.Object
            ? holder : place.Kind == NodeKind.Reference && holder != 0 ? place.Target : 0;
        if (identity != 0 && (_tree.Nodes[holder].Flags & NodeFlags.EnumCase) == 0)
        {
            if (_firstPlaces![identity] != 0)
            {
                return Reference(_firstPlaces[identity]) ? EmitStatus.Done : Fail();
            }

            _firstPlaces[identity] = position;
        }

        if (!_out.Ensure(FixedPart))
        {
            return Fail();
        }

        return holder == 0 ? Scalar(node)
            : node.Kind == NodeKind.Object ? Object(holder, position, depth) : Map(holder, position, depth);
    }

    private int Scalar(in Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Boolean:
                _out.Write(node.Value != 0 ? "true"u8 : "false"u8);
                return EmitStatus.Done;
            case NodeKind.Int64:
                Integer(node.Value);
                return EmitStatus.Done;
            case NodeKind.Double:
                Double(BitConverter.Int64BitsToDouble(node.Value));
                return EmitStatus.Done;
            case NodeKind.Bytes:
                bool isText = node.Hint is not (SessionHint.Binary or SessionHint.CustomData)
                    && Utf8.IsValid(_tree.Range(node.Value));
                return (isText ? Text(_tree.Range(node.Value)) : Base64("{\"$base64\":"u8, node.Value))
                    ? EmitStatus.Done : Fail();
            default:
                _out.Write("null"u8);
                return EmitStatus.Done;
        }
    }

    private int Map(int holder, int position, int depth)
    {
        // A session is an object even when it is empty.
        bool isList = TreeShape.IsList(_tree, holder) && (depth > 0 || (_style & JsonStyle.AnyRoot) != 0);
        _out.Byte((byte)(isList ? '[' : '{'));
        Enter(depth, new Level { IsOpen = true, IsList = isList, Place = position });
        return holder;
    }

    private int Object(int record, int position, int depth)
    {
        ref readonly Node node = ref _tree.Nodes[record];
        _out.Write("{\"$class\":"u8);
        if (!Text(_tree.Range(node.Key)))
        {
            return Fail();
        }

        if ((node.Flags & NodeFlags.EnumCase) != 0)
        {
            _out.Write(",\"$case\":"u8);
            if (!Text(_tree.Range(node.Value)))
            {
                return Fail();
            }

            _out.Byte((byte)'}');
            return EmitStatus.Done;
        }

        if ((node.Flags & NodeFlags.Payload) != 0)
        {
            return Base64(",\"$payload\":"u8, node.Value) ? EmitStatus.Done : Fail();
        }

        Enter(depth, new Level { IsOpen = true, IsObject = true, HasEntries = true, Place = position });
        return record;
    }

    private void Enter(int depth, Level level)
    {
        if (depth >= _levels.Length)
        {
            Array.Resize(ref _levels, depth * 2);
        }

        _levels[depth] = level;
    }

    private readonly bool Key(in Node node, bool isObject)
    {
        if (node.KeyKind == KeyKind.Integer)
        {
            _out.Byte((byte)'"');
            _out.Decimal(node.Key);
            _out.Byte((byte)'"');
            return true;
        }

        ReadOnlySpan<byte> key = _tree.Range(node.Key);
        bool isPlain = (key.IsEmpty || (key[0] != '$' && key[0] != 0)) && Utf8.IsValid(key);
        return Text(isPlain ? key : System.Text.Encoding.UTF8.GetBytes(JsonNames.Shown(key, isObject)));
    }

    private readonly void Integer(long value)
    {
        bool exact = value is >= -MaxExact and <= MaxExact || (_style & JsonStyle.ExactIntegers) != 0;
        if (!exact)
        {
            _out.Byte((byte)'"');
        }

        _out.Decimal(value);
        if (!exact)
        {
            _out.Byte((byte)'"');
        }
    }

    private readonly void Double(double value)
    {
        if (!double.IsFinite(value))
        {
            _out.Write(
                double.IsNaN(value)
                    ? "{\"$float\":\"NAN\"}"u8 : value > 0 ? "{\"$float\":\"INF\"}"u8 : "{\"$float\":\"-INF\"}"u8);
            return;
        }

        value.TryFormat(_out.Rest(), out int length, default, CultureInfo.InvariantCulture);
        Span<byte> text = _out.Rest()[..length];
        bool isInteger = !text.ContainsAny((byte)'.', (byte)'E');
        _out.Advance(length);
        if (isInteger)
        {
            _out.Write(".0"u8);
        }
    }

    private readonly bool Base64(ReadOnlySpan<byte> start, long range)
    {
        ReadOnlySpan<byte> bytes = _tree.Range(range);
        if (!_out.Ensure(Base64Length(bytes.Length) + FixedPart))
        {
            return false;
        }

        _out.Write(start);
        _out.Byte((byte)'"');
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, _out.Rest(), out _, out int written);
        _out.Advance(written);
        _out.Write("\"}"u8);
        return true;
    }

    private static int Base64Length(int length) => checked((length + 2) / 3 * 4);

    private readonly bool Text(ReadOnlySpan<byte> text)
    {
        if (text.Length > int.MaxValue / 8 || !_out.Ensure(text.Length + FixedPart))
        {
            return false;
        }

        _out.Byte((byte)'"');
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAny(JsonNames.Escaped);
            if (plain < 0)
            {
                plain = text.Length;
            }

            if (!_out.Ensure(plain + FixedPart))
            {
                return false;
            }

            _out.Write(text[..plain]);
            text = text[plain..];
            if (!text.IsEmpty)
            {
                Escape(text[0]);
                text = text[1..];
            }
        }

        return _out.Ensure(FixedPart) && Quote();
    }

    private readonly bool Quote()
    {
        _out.Byte((byte)'"');
        return true;
    }

    private readonly void Escape(byte value)
    {
        _out.Byte((byte)'\\');
        switch (value)
        {
            case (byte)'"' or (byte)'\\':
                _out.Byte(value);
                break;
            case (byte)'\n':
                _out.Byte((byte)'n');
                break;
            case (byte)'\r':
                _out.Byte((byte)'r');
                break;
            case (byte)'\t':
                _out.Byte((byte)'t');
                break;
            default:
                _out.Write("u00"u8);
                _out.Byte("0123456789abcdef"u8[value >> 4]);
                _out.Byte("0123456789abcdef"u8[value & 15]);
                break;
        }
    }

    /// <summary>A JSON Pointer (RFC 6901) to the place where a value occurred first.</summary>
    private readonly bool Reference(int place)
    {
        var path = new Stack<string>();
        for (; place != SessionTree.RootNode && place != 0; place = _parents![place])
        {
            var key = new SessionKey(_tree, place);
            bool parent = _tree.Nodes[_tree.Resolve(_parents![place])].Kind == NodeKind.Object;
            string name = key.IsInteger ? key.ToString() : JsonNames.Shown(key.Bytes, parent);
            path.Push(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        byte[] pointer = System.Text.Encoding.UTF8.GetBytes("#" + string.Concat(path.Select(name => "/" + name)));
        if (!_out.Ensure(FixedPart))
        {
            return false;
        }

        _out.Write("{\"$ref\":"u8);
        if (!Text(pointer) || !_out.Ensure(1))
        {
            return false;
        }

        _out.Byte((byte)'}');
        return true;
    }

    private int Fail()
    {
        Error = SessionErrorCode.Expansion;
        return EmitStatus.Failed;
    }

    private struct Level
    {
        public bool IsOpen;
        public bool IsList;
        public bool IsObject;
        public bool HasEntries;
        public int Place;
    }
}
