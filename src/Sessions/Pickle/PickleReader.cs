using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Pickle;

/// <summary>
/// Runs the value-building part of pickle's stack machine. Values are nodes; a memoised container that is fetched again
/// becomes a reference, since Python's containers have identity.
/// </summary>
internal ref struct PickleReader
{
    // Python's decimal conversion of longer numbers would take time with the square of their length.
    private const int MaxLongBytes = 1024;

    private readonly SessionTree _tree;
    private readonly List<int> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<ulong, int> _memo = [];
    private readonly List<int> _containers = [];
    private ByteReader _in;

    public PickleReader(SessionTree tree, ReadOnlySpan<byte> bytes)
    {
        _tree = tree;
        _in = new ByteReader(bytes, 0);
    }

    public readonly SessionError Failure => _in.Failure;

    public readonly int At => _in.At;

    /// <summary>Runs to the STOP opcode and gives the node of the result; 0 after an error.</summary>
    public int Run()
    {
        while (!_in.Failed)
        {
            int at = _in.At;
            byte op = _in.Byte();
            if (_in.Failed)
            {
                break;
            }

            if (op == PickleOp.Stop)
            {
                return Finish(at);
            }

            if (!Scalar(op, at) && !Text(op, at) && !Container(op, at) && !Memo(op, at))
            {
                _in.FailAt(at, SessionErrorCode.NotAllowed, $"opcode 0x{op:x2}");
            }
        }

        return 0;
    }

    private int Finish(int at)
    {
        if (_stack.Count != 1 || _marks.Count != 0)
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "the end of a pickle with a full or empty stack");
            return 0;
        }

        foreach (int container in _containers)
        {
            int holder = _tree.Holder(container);
            if (_tree.Nodes[holder].Hint == SessionHint.Dictionary && _tree.Nodes[holder].Count > 1)
            {
                Duplicates.Collapse(_tree, holder);
            }
        }

        return _stack[0];
    }

    // ---- scalars ----

    private bool Scalar(byte op, int at)
    {
        switch (op)
        {
            case PickleOp.None:
                Push(NodeKind.Null, 0);
                return true;
            case PickleOp.NewTrue or PickleOp.NewFalse:
                Push(NodeKind.Boolean, op == PickleOp.NewTrue ? 1 : 0);
                return true;
            case PickleOp.BinInt:
                Push(NodeKind.Int64, (int)_in.UInt32Little());
                return true;
            case PickleOp.BinInt1:
                Push(NodeKind.Int64, _in.Byte());
                return true;
            case PickleOp.BinInt2:
                Push(NodeKind.Int64, _in.UInt16Little());
                return true;
            case PickleOp.Long1:
                Long(_in.Take(_in.Byte(), out _), at);
                return true;
            case PickleOp.Long4:
                Long(_in.Take(_in.UInt32Little(), out _), at);
                return true;
            case PickleOp.BinFloat:
                Push(NodeKind.Double, (long)_in.UInt64());
                return true;
            case PickleOp.Int or PickleOp.Long or PickleOp.Float:
                Line(op, at);
                return true;
            default:
                return false;
        }
    }

    private int Push(NodeKind kind, long value, SessionHint hint = SessionHint.None)
    {
        int node = _tree.AddNode();
        if (node == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
            return 0;
        }

        ref Node place = ref _tree.Nodes[node];
        place.Kind = kind;
        place.Value = value;
        place.Hint = hint;
        _stack.Add(node);
        return node;
    }

    /// <summary>A little-endian two's complement number of any length.</summary>
    private void Long(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes.Length > MaxLongBytes)
        {
            _in.FailAt(at, SessionErrorCode.NotAllowed, "a number of more than 1024 bytes");
            return;
        }

        Number(new BigInteger(bytes, isUnsigned: false, isBigEndian: false));
    }

    private void Number(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            Push(NodeKind.Int64, (long)value);
            return;
        }

        byte[] digits = System.Text.Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
        Push(NodeKind.Bytes, _tree.AppendBytes(digits), SessionHint.BigInteger);
    }

    /// <summary>Protocol 0: a number as text up to the end of the line; 00 and 01 are the booleans.</summary>
    private void Line(byte op, int at)
    {
        ReadOnlySpan<byte> line = ReadLine();
        if (op == PickleOp.Int && (line.SequenceEqual("00"u8) || line.SequenceEqual("01"u8)))
        {
            Push(NodeKind.Boolean, line[1] - '0');
            return;
        }

        if (op == PickleOp.Float && Utf8Parser.TryParse(line, out double real, out int used) && used == line.Length)
        {
            Push(NodeKind.Double, BitConverter.DoubleToInt64Bits(real));
            return;
        }

        ReadOnlySpan<byte> digits = line.Length > 0 && line[^1] == 'L' ? line[..^1] : line;
        if (op != PickleOp.Float && digits.Length <= MaxLongBytes
            && BigInteger.TryParse(System.Text.Encoding.ASCII.GetString(digits), NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out BigInteger value))
        {
            Number(value);
            return;
        }

        _in.FailAt(at, SessionErrorCode.Syntax, "a number");
    }

    private ReadOnlySpan<byte> ReadLine()
    {
        int length = _in.IndexOf((byte)'\n');
        if (length < 0)
        {
            _in.Fail(SessionErrorCode.Truncated);
            return default;
        }

        ReadOnlySpan<byte> line = _in.Take((ulong)length, out _);
        _in.Byte();
        return line;
    }

    // ---- texts ----

    private bool Text(byte op, int at)
    {
        switch (op)
        {
            case PickleOp.ShortBinUnicode:
                Bytes(_in.Byte(), SessionHint.None);
                return true;
            case PickleOp.BinUnicode:
                Bytes(_in.UInt32Little(), SessionHint.None);
                return true;
            case PickleOp.BinUnicode8:
                Bytes(_in.UInt64Little(), SessionHint.None);
                return true;
            case PickleOp.ShortBinBytes:
                Bytes(_in.Byte(), SessionHint.Binary);
                return true;
            case PickleOp.BinBytes:
                Bytes(_in.UInt32Little(), SessionHint.Binary);
                return true;
            case PickleOp.BinBytes8 or PickleOp.ByteArray8:
                Bytes(_in.UInt64Little(), SessionHint.Binary);
                return true;
            case PickleOp.ShortBinString:
                Bytes(_in.Byte(), SessionHint.None);
                return true;
            case PickleOp.BinString:
                Bytes(_in.UInt32Little(), SessionHint.None);
                return true;
            case PickleOp.Unicode:
                ReadOnlySpan<byte> line = ReadLine();
                if (line.Contains((byte)'\\'))
                {
                    _in.FailAt(at, SessionErrorCode.NotAllowed, "escapes of protocol 0");
                }

                Push(NodeKind.Bytes, _tree.AppendBytes(line));
                return true;
            default:
                return false;
        }
    }

    private void Bytes(ulong length, SessionHint hint)
    {
        ReadOnlySpan<byte> text = _in.Take(length, out int offset);
        Push(NodeKind.Bytes, Node.Pack(offset, text.Length), hint);
    }

    // ---- containers ----

    private bool Container(byte op, int at)
    {
        switch (op)
        {
            case PickleOp.Mark:
                _marks.Add(_stack.Count);
                return true;
            case PickleOp.EmptyDict:
                _containers.Add(Push(NodeKind.Map, 0, SessionHint.Dictionary));
                return true;
            case PickleOp.EmptyList:
                Push(NodeKind.Map, 0, SessionHint.List);
                return true;
            case PickleOp.EmptySet:
                Push(NodeKind.Map, 0, SessionHint.HashSet);
                return true;
            case PickleOp.EmptyTuple:
                Push(NodeKind.Map, 0, SessionHint.Tuple);
                return true;
            case PickleOp.Tuple1 or PickleOp.Tuple2 or PickleOp.Tuple3:
                Collect(_stack.Count - (op - PickleOp.Tuple1 + 1), SessionHint.Tuple, at);
                return true;
            case PickleOp.Tuple:
                Collect(PopMark(at), SessionHint.Tuple, at);
                return true;
            case PickleOp.List:
                Collect(PopMark(at), SessionHint.List, at);
                return true;
            case PickleOp.FrozenSet:
                Collect(PopMark(at), SessionHint.HashSet, at);
                return true;
            case PickleOp.Dict:
                Dict(at);
                return true;
            case PickleOp.SetItem:
                SetItems(_stack.Count - 2, at);
                return true;
            case PickleOp.SetItems:
                SetItems(PopMark(at), at);
                return true;
            case PickleOp.Append:
                Append(_stack.Count - 1, at);
                return true;
            case PickleOp.Appends or PickleOp.AddItems:
                Append(PopMark(at), at);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The height of the stack at the last mark.</summary>
    private int PopMark(int at)
    {
        if (_marks.Count == 0)
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "no mark");
            return -1;
        }

        int height = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return height;
    }

    /// <summary>Makes the values from a height on a new container.</summary>
    private void Collect(int from, SessionHint hint, int at)
    {
        if (!Has(from, 0, at))
        {
            return;
        }

        int node = _tree.AddNode();
        if (node == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
            return;
        }

        _tree.Nodes[node].Kind = NodeKind.Map;
        _tree.Nodes[node].Hint = hint;
        AppendTo(node, from);
        _stack.Add(node);
    }

    private void Append(int from, int at)
    {
        if (Has(from, 1, at) && IsContainer(_stack[from - 1], at))
        {
            AppendTo(_tree.Holder(_stack[from - 1]), from);
        }
    }

    private readonly void AppendTo(int holder, int from)
    {
        foreach (int item in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_stack)[from..])
        {
            _tree.Nodes[item].Key = _tree.Nodes[holder].Count;
            _tree.Nodes[item].KeyKind = KeyKind.Integer;
            MapOps.Append(_tree, holder, item);
        }

        _stack.RemoveRange(from, _stack.Count - from);
    }

    private void Dict(int at)
    {
        int from = PopMark(at);
        if (!Has(from, 0, at))
        {
            return;
        }

        int dict = Push(NodeKind.Map, 0, SessionHint.Dictionary);
        if (dict == 0)
        {
            return;
        }

        _containers.Add(dict);
        _stack.RemoveAt(_stack.Count - 1);
        _stack.Insert(from, dict);
        SetItems(from + 1, at);
    }

    private void SetItems(int from, int at)
    {
        if (!Has(from, 1, at) || !IsContainer(_stack[from - 1], at))
        {
            return;
        }

        int holder = _tree.Holder(_stack[from - 1]);
        if ((_stack.Count - from) % 2 != 0 || _tree.Nodes[holder].Hint != SessionHint.Dictionary)
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "keys and values for a dict");
            return;
        }

        for (int i = from; i < _stack.Count; i += 2)
        {
            ref readonly Node key = ref _tree.Nodes[_tree.Resolve(_stack[i])];
            ref Node value = ref _tree.Nodes[_stack[i + 1]];
            if (key.Kind is not (NodeKind.Bytes or NodeKind.Int64))
            {
                _in.FailAt(at, SessionErrorCode.NotAllowed, "a key that is neither a number nor text");
                return;
            }

            value.Key = key.Value;
            value.KeyKind = key.Kind == NodeKind.Int64 ? KeyKind.Integer : KeyKind.Bytes;
            value.KeyHash = key.Kind == NodeKind.Int64 ? 0 : KeyHash.Of(_tree.Range(key.Value));
            MapOps.Append(_tree, holder, _stack[i + 1]);
        }

        _stack.RemoveRange(from, _stack.Count - from);
    }

    /// <summary>Whether a height is on the stack, above the newest mark, with so many values below it.</summary>
    private bool Has(int from, int below, int at)
    {
        int floor = _marks.Count > 0 ? _marks[^1] : 0;
        return (from - below >= floor && from <= _stack.Count && !_in.Failed)
            || _in.FailAt(at, SessionErrorCode.Syntax, "too few values on the stack");
    }

    private bool IsContainer(int node, int at) =>
        _tree.Nodes[_tree.Holder(node)].Kind == NodeKind.Map
            || _in.FailAt(at, SessionErrorCode.Syntax, "not a container");

    // ---- memo and stack ----

    private bool Memo(byte op, int at)
    {
        switch (op)
        {
            case PickleOp.Proto:
                if (_in.Byte() > PickleOp.HighestProtocol)
                {
                    _in.FailAt(at, SessionErrorCode.Unsupported, "a pickle protocol");
                }

                return true;
            case PickleOp.Frame:
                // Frames only help reading from files; their length must still be true.
                if (_in.UInt64Little() > (ulong)_in.Remaining)
                {
                    _in.FailAt(at, SessionErrorCode.BadLength);
                }

                return true;
            case PickleOp.Memoize:
                Remember((ulong)_memo.Count, at);
                return true;
            case PickleOp.BinPut:
                Remember(_in.Byte(), at);
                return true;
            case PickleOp.LongBinPut:
                Remember(_in.UInt32Little(), at);
                return true;
            case PickleOp.Put:
                Remember(Index(at), at);
                return true;
            case PickleOp.BinGet:
                Fetch(_in.Byte(), at);
                return true;
            case PickleOp.LongBinGet:
                Fetch(_in.UInt32Little(), at);
                return true;
            case PickleOp.Get:
                Fetch(Index(at), at);
                return true;
            case PickleOp.Dup:
                if (Has(_stack.Count, 1, at))
                {
                    PushAgain(_stack[^1]);
                }

                return true;
            case PickleOp.Pop:
                if (Has(_stack.Count, 1, at))
                {
                    _stack.RemoveAt(_stack.Count - 1);
                }

                return true;
            case PickleOp.PopMark:
                int from = PopMark(at);
                if (Has(from, 0, at))
                {
                    _stack.RemoveRange(from, _stack.Count - from);
                }

                return true;
            default:
                return false;
        }
    }

    private ulong Index(int at)
    {
        if (!Utf8Parser.TryParse(ReadLine(), out uint index, out _))
        {
            _in.FailAt(at, SessionErrorCode.Syntax, "a memo number");
        }

        return index;
    }

    private void Remember(ulong index, int at)
    {
        if (Has(_stack.Count, 1, at))
        {
            _memo[index] = _stack[^1];
        }
    }

    private void Fetch(ulong index, int at)
    {
        if (!_memo.TryGetValue(index, out int node))
        {
            _in.FailAt(at, SessionErrorCode.BadReference);
            return;
        }

        PushAgain(node);
    }

    /// <summary>The same container through a reference, or a copy of a scalar.</summary>
    private void PushAgain(int node)
    {
        if (_tree.Nodes[node].Kind is NodeKind.Map && Sharing.MakeReference(_tree, node) == 0)
        {
            _in.Fail(SessionErrorCode.TooManyNodes);
            return;
        }

        ref readonly Node source = ref _tree.Nodes[node];
        Push(source.Kind, source.Value, source.Hint);
    }
}
