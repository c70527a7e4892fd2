using System.Text.Json;
using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Json;

/// <summary>Reads JSON into a tree: arrays are lists, objects dictionaries whose keys stay text.</summary>
internal ref struct JsonReader
{
    private readonly SessionTree _tree;
    private readonly int _maxNameBytes;
    private Utf8JsonReader _json;
    private FrameStack _frames;

    public JsonReader(SessionTree tree, ReadOnlySpan<byte> bytes, Span<DecodeFrame> frames, SessionLimits limits)
    {
        _tree = tree;
        _maxNameBytes = limits.MaxNameBytes;

        // One more than our own limit: the frame stack's error is the one reported.
        _json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Math.Max(limits.MaxDepth, 1) + 1 });
        _frames = new FrameStack(tree, frames, limits.MaxDepth);
    }

    public readonly int At => (int)_json.BytesConsumed;

    public SessionError Read()
    {
        int position = SessionTree.RootNode;
        while (_json.Read())
        {
            int at = (int)_json.TokenStartIndex;
            switch (_json.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _frames.Pop();
                    continue;
                case JsonTokenType.PropertyName:
                    position = _frames.AddChild();
                    long key = Text();
                    if (_frames.Depth == 1 && (int)(key >> 32) > _maxNameBytes)
                    {
                        return new SessionError(SessionErrorCode.NameTooLong, at);
                    }

                    _frames.SetKey(position, (int)key, _tree.Range(key));
                    continue;
                default:
                    break;
            }

            if (_frames.Depth > 0 && _frames.Top.State == 1)
            {
                position = _frames.AddChild();
                _frames.SetKey(position, _frames.Top.Count - 1L);
            }

            if (position == 0)
            {
                return new SessionError(SessionErrorCode.TooManyNodes, at);
            }

            SessionErrorCode code = Value(position);
            if (code != SessionErrorCode.None)
            {
                return new SessionError(code, at,
                    code == SessionErrorCode.Syntax ? "a number beyond the range of a double" : null);
            }
        }

        return default;
    }

    private SessionErrorCode Value(int position)
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                return Open(position, SessionHint.Dictionary, 0);
            case JsonTokenType.StartArray:
                return Open(position, SessionHint.List, 1);
            case JsonTokenType.String:
                Set(position, NodeKind.Bytes, Text());
                return SessionErrorCode.None;
            case JsonTokenType.Number:
                return Number(position) ? SessionErrorCode.None : SessionErrorCode.Syntax;
            case JsonTokenType.True or JsonTokenType.False:
                Set(position, NodeKind.Boolean, _json.TokenType == JsonTokenType.True ? 1 : 0);
                return SessionErrorCode.None;
            default:
                Set(position, NodeKind.Null, 0);
                return SessionErrorCode.None;
        }
    }

    private SessionErrorCode Open(int position, SessionHint hint, int state)
    {
        Set(position, NodeKind.Map, 0);
        _tree.Nodes[position].Hint = hint;
        return _frames.Push(position, 0, state) ? SessionErrorCode.None : SessionErrorCode.TooDeep;
    }

    /// <summary>
    /// An integer where the text is one in the range of int64; -0 and everything else is a double, as in JavaScript. A
    /// number that would be infinite is refused: no writer has one, and JSON could not hold what was read.
    /// </summary>
    private bool Number(int position)
    {
        ReadOnlySpan<byte> text = _json.ValueSpan;
        if (!text.SequenceEqual("-0"u8) && _json.TryGetInt64(out long integer))
        {
            Set(position, NodeKind.Int64, integer);
            return true;
        }

        double number = _json.GetDouble();
        Set(position, NodeKind.Double, BitConverter.DoubleToInt64Bits(number));
        return double.IsFinite(number);
    }

    private readonly void Set(int position, NodeKind kind, long value)
    {
        ref Node node = ref _tree.Nodes[position];
        node.Kind = kind;
        node.Value = value;
    }

    /// <summary>The text of a string or name; without escapes it stays where it is in the input.</summary>
    private readonly long Text()
    {
        if (!_json.ValueIsEscaped)
        {
            // Checks the encoding, which the reader itself does not.
            if (!System.Text.Unicode.Utf8.IsValid(_json.ValueSpan))
            {
                throw new InvalidOperationException("Not UTF-8.");
            }

            return Node.Pack((int)_json.TokenStartIndex + 1, _json.ValueSpan.Length);
        }

        int offset = _tree.ByteCount;
        int length = _json.CopyString(_tree.ReserveBytes(_json.ValueSpan.Length));
        return Node.Pack(offset, length);
    }
}
