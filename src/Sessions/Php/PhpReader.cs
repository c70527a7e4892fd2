using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Php;

/// <summary>
/// Reads values of PHP's serialize() grammar from the bytes a tree has loaded, one pass, without recursion.
/// <code>
/// value = "N;" / "b:" ("0"/"1") ";" / "i:" int ";" / "d:" dbl ";" / "s:" len ':"' bytes '";' / "S:" len ':"' escaped
/// '";'
///       / "a:" n ":{" n*(key value) "}" / "O:" len ':"' class '":' n ":{" n*(key value) "}"
///       / "C:" len ':"' class '":' len ":{" bytes "}" / "E:" len ':"' class ":" case '";' / "r:" uint ";" / "R:" uint
///       ";" key   = "i:" int ";" / "s:" len ':"' bytes '";'
/// </code>
/// </summary>
internal ref struct PhpReader
{
    // "i:0;N;" is the shortest element: a count that the rest cannot hold is a lie.
    private const int ShortestElement = 6;

    private const int ArrayFrame = 0;
    private const int ObjectFrame = 1;

    private readonly SessionTree _tree;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _maxNameBytes;
    private FrameStack _frames;
    private PhpSlots? _slots;
    private int _at;

    public PhpReader(SessionTree tree, ReadOnlySpan<byte> bytes, Span<DecodeFrame> frames, SessionLimits limits)
    {
        _tree = tree;
        _bytes = bytes;
        _maxNameBytes = limits.MaxNameBytes;
        _frames = new FrameStack(tree, frames, limits.MaxDepth);
    }

    /// <summary>Offset of the next byte; after an error, of the byte that was not accepted.</summary>
    public int At
    {
        readonly get => _at;
        set => _at = value;
    }

    public SessionErrorCode Error { get; private set; }

    public string? Detail { get; private set; }

    public readonly SessionError Failure => new(Error, _at, Detail);

    /// <summary>Only the number of values matters: back references may name values outside these bytes.</summary>
    public bool CountOnly { get; init; }

    /// <summary>Opens the root map of the <c>php</c> and <c>php_binary</c> wrappers, which has no number of its
    /// own.</summary>
    public bool OpenRoot()
    {
        _tree.Nodes[SessionTree.RootNode].Flags |= NodeFlags.Unnumbered;
        return _frames.Push(SessionTree.RootNode, int.MaxValue) || Fail(SessionErrorCode.TooDeep, 0);
    }

    public void CloseRoot() => _frames.Pop();

    /// <summary>Reads a variable: its name is a range of the bytes, its value follows at <see cref="At"/>.</summary>
    public bool ReadVariable(int nameOffset, int nameLength)
    {
        if (nameLength > _maxNameBytes)
        {
            return Fail(SessionErrorCode.NameTooLong, nameOffset);
        }

        int child = _frames.AddChild();
        if (child == 0)
        {
            return Fail(SessionErrorCode.TooManyNodes, nameOffset);
        }

        _frames.SetKey(child, nameOffset, _bytes.Slice(nameOffset, nameLength));
        return ReadValue(child);
    }

    /// <summary>Reads one value with all it contains.</summary>
    public bool ReadValue(int position)
    {
        int outer = _frames.Depth;
        while (true)
        {
            if (!ReadOne(position))
            {
                return false;
            }

            while (true)
            {
                if (_frames.Depth == outer)
                {
                    return true;
                }

                if (_frames.Top.Remaining != 0)
                {
                    break;
                }

                if (!Expect((byte)'}'))
                {
                    return false;
                }

                _frames.Pop();
            }

            _frames.Top.Remaining--;
            position = _frames.AddChild();
            if (position == 0)
            {
                return Fail(SessionErrorCode.TooManyNodes, _at);
            }

            if (!ReadKey(position))
            {
                return false;
            }
        }
    }

    public bool Fail(SessionErrorCode code, int at, string? detail = null)
    {
        Error = code;
        Detail = detail;
        _at = at;
        return false;
    }

    /// <summary>The byte at an offset is not what the grammar wants, or the bytes end before it.</summary>
    public bool Unexpected(int at, string? detail = null) =>
        Fail(at >= _bytes.Length ? SessionErrorCode.Truncated : SessionErrorCode.Syntax, Math.Min(at, _bytes.Length),
            detail);

    private bool Expect(byte wanted)
    {
        if (_at < _bytes.Length && _bytes[_at] == wanted)
        {
            _at++;
            return true;
        }

        return Unexpected(_at);
    }

    private bool ReadKey(int child)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        int at = _at;
        if (bytes.Length - at < 2 || bytes[at + 1] != ':')
        {
            return Unexpected(at, "a key");
        }

        byte type = bytes[at];
        at += 2;
        if (type == 'i')
        {
            if (!PhpTokens.TryInteger(bytes, ref at, out long number) || at >= bytes.Length || bytes[at] != ';')
            {
                return Unexpected(at);
            }

            _at = at + 1;
            _frames.SetKey(child, number);
            return true;
        }

        if (type is not ((byte)'s' or (byte)'S'))
        {
            return Unexpected(at - 2, "a key");
        }

        _at = at;
        if (!ReadText(type == 'S', (byte)';', out long range))
        {
            return false;
        }

        ReadOnlySpan<byte> text = _tree.Range(range);
        if (_frames.Depth == 1 && text.Length > _maxNameBytes)
        {
            return Fail(SessionErrorCode.NameTooLong, at);
        }

        if (_frames.Top.State == ArrayFrame && TreeShape.IsIntegerKey(text, out long integer))
        {
            _frames.SetKey(child, integer);
        }
        else
        {
            _frames.SetKey(child, (int)range, text);
        }

        return true;
    }

    /// <summary>Reads one scalar or the opening of a container into a position.</summary>
    private bool ReadOne(int position)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        int at = _at;
        if (bytes.Length - at < 2)
        {
            return Unexpected(bytes.Length);
        }

        byte type = bytes[at];
        if (bytes[at + 1] != (type == 'N' ? ';' : ':'))
        {
            return Unexpected(at + 1);
        }

        at += 2;
        _at = at;
        if (_slots is not null && type != 'R')
        {
            _slots.Add(position);
        }

        ref Node node = ref _tree.Nodes[position];
        switch (type)
        {
            case (byte)'N':
                node.Kind = NodeKind.Null;
                return true;
            case (byte)'i':
                node.Kind = NodeKind.Int64;
                return PhpTokens.TryInteger(bytes, ref _at, out node.Value) ? Expect((byte)';') : Unexpected(_at);
            case (byte)'s':
            case (byte)'S':
                if (!ReadText(type == 'S', (byte)';', out long range))
                {
                    return false;
                }

                node.Kind = NodeKind.Bytes;
                node.Value = range;
                return true;
            case (byte)'b':
                if (at >= bytes.Length || (uint)(bytes[at] - '0') > 1)
                {
                    return Unexpected(at);
                }

                node.Kind = NodeKind.Boolean;
                node.Value = bytes[at] - '0';
                _at = at + 1;
                return Expect((byte)';');
            case (byte)'d':
                if (!PhpTokens.TryDouble(bytes, ref _at, out double number))
                {
                    return Unexpected(_at, "a number");
                }

                node.Kind = NodeKind.Double;
                node.Value = BitConverter.DoubleToInt64Bits(number);
                return Expect((byte)';');
            case (byte)'a':
                node.Kind = NodeKind.Map;
                return PhpTokens.TryLength(bytes, ref _at, out int count)
                    ? Open(position, count, ArrayFrame) : Unexpected(_at);
            case (byte)'O':
                return ReadObject(position);
            case (byte)'C':
                return ReadPayload(position);
            case (byte)'E':
                return ReadEnum(position);
            case (byte)'r':
                return ReadSameObject(position);
            case (byte)'R':
                return ReadReference(position);
            default:
                return Unexpected(at - 2, "a value");
        }
    }

    /// <summary>The rest of <c>len ':"' bytes '"'</c> and the byte that follows it.</summary>
    private bool ReadText(bool escaped, byte follow, out long range)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        int at = _at;
        range = 0;
        if (!PhpTokens.TryLength(bytes, ref at, out int length))
        {
            return Unexpected(at);
        }

        if (bytes.Length - at < 4 || bytes[at] != ':' || bytes[at + 1] != '"')
        {
            return Unexpected(bytes.Length - at < 4 ? bytes.Length : at);
        }

        at += 2;
        if ((uint)length > (uint)(bytes.Length - at - 2))
        {
            return Fail(SessionErrorCode.BadLength, _at);
        }

        range = Node.Pack(at, length);
        if (escaped)
        {
            int offset = _tree.ByteCount;
            int used = PhpTokens.Unescape(bytes[at..], _tree.ReserveBytes(length));
            if (used < 0 || bytes.Length - at - used < 2)
            {
                return Unexpected(used < 0 ? at : bytes.Length);
            }

            range = Node.Pack(offset, length);
            length = used;
        }

        at += length;
        if (bytes[at] != '"' || bytes[at + 1] != follow)
        {
            return Unexpected(bytes[at] != '"' ? at : at + 1);
        }

        _at = at + 2;
        return true;
    }

    private bool Open(int owner, int count, int state)
    {
        ReadOnlySpan<byte> bytes = _bytes;
        int at = _at;
        if (bytes.Length - at < 3 || bytes[at] != ':' || bytes[at + 1] != '{')
        {
            return Unexpected(bytes.Length - at < 3 ? bytes.Length : at);
        }

        if ((uint)count > (uint)(bytes.Length - at - 2) / ShortestElement)
        {
            return Fail(SessionErrorCode.BadLength, at);
        }

        _at = at + 2;
        if (count == 0)
        {
            return Expect((byte)'}');
        }

        return _frames.Push(owner, count, state) || Fail(SessionErrorCode.TooDeep, at);
    }

    /// <summary>Reads <c>len ':"' class '":'</c> and adds the object's record.</summary>
    private bool ReadClass(int position, byte follow, NodeFlags flags, out int record)
    {
        int at = _at;
        record = 0;
        if (!ReadText(false, follow, out long name))
        {
            return false;
        }

        // The grammar of E puts the case into the same text; its caller splits and checks it.
        if ((flags & NodeFlags.EnumCase) == 0 && !PhpTokens.IsClassName(_tree.Range(name)))
        {
            return Fail(SessionErrorCode.Syntax, at, "a class name");
        }

        record = _tree.AddNode();
        if (record == 0)
        {
            return Fail(SessionErrorCode.TooManyNodes, at);
        }

        _tree.Traits |= TreeTraits.Objects;
        _tree.Nodes[record] = new Node { Kind = NodeKind.Record, Key = name, Flags = flags | NodeFlags.Unnumbered };
        ref Node node = ref _tree.Nodes[position];
        node.Kind = NodeKind.Object;
        node.Value = record;
        return true;
    }

    private bool ReadObject(int position)
    {
        if (!ReadClass(position, (byte)':', NodeFlags.None, out int record))
        {
            return false;
        }

        // PHP takes no digits at all for 0 here.
        PhpTokens.TryInteger(_bytes, ref _at, out long count);
        return Open(record, count is < 0 or > int.MaxValue ? -1 : (int)count, ObjectFrame);
    }

    private bool ReadPayload(int position)
    {
        if (!ReadClass(position, (byte)':', NodeFlags.Payload, out int record))
        {
            return false;
        }

        int start = _at;
        PhpTokens.TryInteger(_bytes, ref _at, out long length);
        int at = _at;
        if (_bytes.Length - at < 3 || _bytes[at] != ':' || _bytes[at + 1] != '{')
        {
            return Unexpected(_bytes.Length - at < 3 ? _bytes.Length : at);
        }

        at += 2;
        if (length < 0 || length > _bytes.Length - at - 1)
        {
            return Fail(SessionErrorCode.BadLength, start);
        }

        ReadOnlySpan<byte> payload = _bytes.Slice(at, (int)length);
        ref Node node = ref _tree.Nodes[record];
        node.Value = Node.Pack(at, (int)length);
        node.Count = CountOnly ? 0 : PhpPayload.CountValues(payload);
        _slots?.AddForeign(node.Count);
        _at = at + (int)length;
        return Expect((byte)'}');
    }

    private bool ReadEnum(int position)
    {
        int at = _at;
        if (!ReadClass(position, (byte)';', NodeFlags.EnumCase, out int record))
        {
            return false;
        }

        ref Node node = ref _tree.Nodes[record];
        ReadOnlySpan<byte> text = _tree.Range(node.Key);
        int colon = text.IndexOf((byte)':');
        if (colon < 0 || colon == text.Length - 1 || !PhpTokens.IsClassName(text[..colon]))
        {
            return Fail(SessionErrorCode.Syntax, at, "a class name and a case");
        }

        node.Value = Node.Pack(node.KeyOffset + colon + 1, text.Length - colon - 1);
        node.Key = Node.Pack(node.KeyOffset, colon);
        return true;
    }

    private bool ReadNumber(int position, out int target)
    {
        int at = _at;
        target = 0;
        if (!PhpTokens.TryLength(_bytes, ref _at, out int number))
        {
            return Unexpected(_at);
        }

        if (!Expect((byte)';'))
        {
            return false;
        }

        if (CountOnly)
        {
            _tree.Nodes[position].Kind = NodeKind.Null;
            return true;
        }

        target = _slots!.Find(number);
        return (target != 0 && target != position) || Fail(SessionErrorCode.BadReference, at);
    }

    /// <summary><c>r:</c>, the same object again.</summary>
    private bool ReadSameObject(int position)
    {
        _slots ??= new PhpSlots(_tree);
        int at = _at;
        if (!ReadNumber(position, out int target) || CountOnly)
        {
            return Error == SessionErrorCode.None;
        }

        target = _tree.Resolve(target);
        if (_tree.Nodes[target].Kind != NodeKind.Object)
        {
            return Fail(SessionErrorCode.BadReference, at, "not an object");
        }

        ref Node node = ref _tree.Nodes[position];
        node.Kind = NodeKind.Object;
        node.Value = _tree.Nodes[target].Value;
        return true;
    }

    /// <summary><c>R:</c>, a PHP reference to the same place.</summary>
    private bool ReadReference(int position)
    {
        // Flagged first: a table built now must not number this position.
        _tree.Nodes[position].Flags |= NodeFlags.Unnumbered;
        _slots ??= new PhpSlots(_tree);
        if (!ReadNumber(position, out int target) || CountOnly)
        {
            return Error == SessionErrorCode.None;
        }

        int box = Sharing.MakeReference(_tree, target);
        if (box == 0)
        {
            return Fail(SessionErrorCode.TooManyNodes, _at);
        }

        ref Node node = ref _tree.Nodes[position];
        node.Kind = NodeKind.Reference;
        node.Value = box;
        return true;
    }
}
