using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Makes a Lua value of JSON, with the errors of lua-cjson.</summary>
internal ref struct JsonDecoder(LuaFrame frame, ReadOnlySpan<byte> text, JsonSettings settings)
{
    // About ten milliseconds; sessions have some hundred values.
    private const int MaxNodes = 125_000;

    private const int EscapesPerNode = 4;

    private const int MaxDepth = 2000;

    private readonly LuaFrame _frame = frame;
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _start;
    private int _depth;
    private int _escapes;
    private double _number;
    private byte[] _string = [];

    /// <summary>Values made.</summary>
    public int Nodes { get; private set; }

    /// <summary>Reads all of the text and pushes the value.</summary>
    /// <returns>The message of what is no JSON, or null.</returns>
    public string? Read()
    {
        if (_text.Length >= 2 && (_text[0] == 0 || _text[1] == 0))
        {
            return "JSON parser does not support UTF-16 or UTF-32";
        }

        string token = Next();
        if (Value(token) is { } problem)
        {
            return problem;
        }

        token = Next();
        return token == "T_END" ? null : Expected("the end", token);
    }

    private readonly string Expected(string what, string found) =>
        $"Expected {what} but found {found} at character {_start + 1}";

    private string? Value(string token)
    {
        if (++Nodes > MaxNodes || _frame.State.BytesLeft < 0)
        {
            return "Found too many values";
        }

        switch (token)
        {
            case "T_STRING":
                _frame.Push(_string);
                return null;
            case "T_NUMBER":
                _frame.Push(_number);
                return null;
            case "T_BOOLEAN":
                _frame.Push(_text[_start] == 't');
                return null;
            case "T_OBJ_BEGIN":
                return Object();
            case "T_ARR_BEGIN":
                return Array();
            case "T_NULL":
                _frame.PushLight(0);
                return null;
            default:
                return Expected("value", token);
        }
    }

    private string? Descend()
    {
        _depth++;
        return _depth > settings.DecodeDepth || _depth > MaxDepth || !_frame.HasRoom(4)
            ? $"Found too many nested data structures ({_depth}) at character {_at}" : null;
    }

    private string? Object()
    {
        if (Descend() is { } tooDeep)
        {
            return tooDeep;
        }

        _frame.PushTable();
        string token = Next();
        if (token == "T_OBJ_END")
        {
            _depth--;
            return null;
        }

        while (true)
        {
            if (token != "T_STRING")
            {
                return Expected("object key string", token);
            }

            _frame.Push(_string);
            token = Next();
            if (token != "T_COLON")
            {
                return Expected("colon", token);
            }

            if (Value(Next()) is { } problem)
            {
                return problem;
            }

            _frame.Set(-3);
            token = Next();
            if (token == "T_OBJ_END")
            {
                _depth--;
                return null;
            }

            if (token != "T_COMMA")
            {
                return Expected("comma or object end", token);
            }

            token = Next();
        }
    }

    private string? Array()
    {
        if (Descend() is { } tooDeep)
        {
            return tooDeep;
        }

        _frame.PushTable();
        string token = Next();
        if (token == "T_ARR_END")
        {
            _depth--;
            return null;
        }

        for (int i = 1; ; i++)
        {
            if (Value(token) is { } problem)
            {
                return problem;
            }

            _frame.Set(-2, i);
            token = Next();
            if (token == "T_ARR_END")
            {
                _depth--;
                return null;
            }

            if (token != "T_COMMA")
            {
                return Expected("comma or array end", token);
            }

            token = Next();
        }
    }

    // The next word: its name, or what is wrong with it. Words begin at _start.
    private string Next()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            _at++;
        }

        _start = _at;
        if (_at >= _text.Length)
        {
            return "T_END";
        }

        byte c = _text[_at];
        switch (c)
        {
            case (byte)'{':
                return Sign("T_OBJ_BEGIN");
            case (byte)'}':
                return Sign("T_OBJ_END");
            case (byte)'[':
                return Sign("T_ARR_BEGIN");
            case (byte)']':
                return Sign("T_ARR_END");
            case (byte)',':
                return Sign("T_COMMA");
            case (byte)':':
                return Sign("T_COLON");
            case (byte)'"':
                return String();
            case 0:
                return "T_END";
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return Number();
        }

        ReadOnlySpan<byte> rest = _text[_at..];
        if (rest.StartsWith("true"u8))
        {
            _at += 4;
            return "T_BOOLEAN";
        }

        if (rest.StartsWith("false"u8))
        {
            _at += 5;
            return "T_BOOLEAN";
        }

        if (rest.StartsWith("null"u8))
        {
            _at += 4;
            return "T_NULL";
        }

        bool isInvalidNumber = settings.DecodesInvalid && rest.Length >= 3
            && (Ascii.EqualsIgnoreCase(rest[..3], "inf"u8) || Ascii.EqualsIgnoreCase(rest[..3], "nan"u8));
        return isInvalidNumber ? Number() : "invalid token";
    }

    private string Sign(string token)
    {
        _at++;
        return token;
    }

    // As much as strtod takes.
    private string Number()
    {
        int end = _at;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit((char)_text[end]) || _text[end] is (byte)'.' or (
            byte)'-'
            or (byte)'+'))
        {
            end++;
        }

        if (!settings.DecodesInvalid && IsInvalid(_text[_at..end]))
        {
            return "invalid number";
        }

        end = Math.Min(end, _at + 400);
        for (; end > _at; end--)
        {
            if (LuaNumber.TryParse(_text[_at..end], out _number))
            {
                _at = end;
                return "T_NUMBER";
            }
        }

        return "invalid number";
    }

    private static bool IsInvalid(ReadOnlySpan<byte> number)
    {
        number = number.StartsWith("-"u8) ? number[1..] : number;
        return number.Length > 1 && number[0] == '0' && ((number[1] | 0x20) == 'x' || char.IsAsciiDigit((
            char)number[1]))
            || (!number.IsEmpty && char.IsAsciiLetter((char)number[0]));
    }

    private string String()
    {
        var result = new List<byte>();
        _at++;
        while (true)
        {
            if (_at >= _text.Length || _text[_at] == 0)
            {
                _start = _at;
                return "unexpected end of string";
            }

            int run = _text[_at..].IndexOfAny((byte)'"', (byte)'\\', (byte)0);
            result.AddRange(_text.Slice(_at, run < 0 ? _text.Length - _at : run));
            _at = run < 0 ? _text.Length : _at + run;
            if (run < 0 || _text[_at] == 0)
            {
                continue;
            }

            if (_text[_at] == '"')
            {
                _at++;
                _string = [.. CollectionsMarshal.AsSpan(result)];
                return "T_STRING";
            }

            // What is escaped takes as long as values.
            Nodes += ++_escapes % EscapesPerNode == 0 ? 1 : 0;
            if (Nodes > MaxNodes)
            {
                _start = _at;
                return "too many escapes";
            }

            byte escape = _at + 1 < _text.Length ? _text[_at + 1] : (byte)0;
            if (escape == 'u')
            {
                if (!Unicode(result))
                {
                    _start = _at;
                    return "invalid unicode escape code";
                }

                continue;
            }

            int place = "\"\\/bfnrt"u8.IndexOf(escape);
            if (place < 0)
            {
                _start = _at;
                return "invalid escape code";
            }

            result.Add("\"\\/\b\f\n\r\t"u8[place]);
            _at += 2;
        }
    }

    private bool Unicode(List<byte> result)
    {
        if (!TryHex(_at, out int code))
        {
            return false;
        }

        int length = 6;
        if ((code & 0xF800) == 0xD800)
        {
            if ((code & 0x400) != 0 || !TryHex(_at + 6, out int low) || (low & 0xFC00) != 0xDC00)
            {
                return false;
            }

            code = (((code & 0x3FF) << 10) | (low & 0x3FF)) + 0x10000;
            length = 12;
        }

        Span<byte> utf8 = stackalloc byte[4];
        int count = new Rune(code).EncodeToUtf8(utf8);
        result.AddRange(utf8[..count]);
        _at += length;
        return true;
    }

    private readonly bool TryHex(int at, out int code)
    {
        code = 0;
        if (at + 6 > _text.Length || _text[at] != '\\' || _text[at + 1] != 'u')
        {
            return false;
        }

        foreach (byte digit in _text.Slice(at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            code = (code << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return true;
    }
}
