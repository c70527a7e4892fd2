using System.Text;
using SessionGateway.Scripting.Libraries;

namespace SessionGateway.Scripting.Syntax;

/// <summary>Cuts a Lua 5.1 text into words, with the errors of Lua 5.1 (llex.c). One char is one byte.</summary>
internal sealed class LuaLexer(string text, string chunkName)
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not",
            "or",
        "repeat", "return", "then", "true", "until", "while",
    };

    private readonly StringBuilder _buffer = new();
    private int _at;
    private int _line = 1;

    /// <summary>All names of the text so far.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The next word.</summary>
    /// <exception cref="LuaSyntaxException">There is none in Lua.</exception>
    public LuaToken Next()
    {
        _buffer.Clear();
        while (true)
        {
            switch (Current)
            {
                case '\0' when _at >= text.Length:
                    return new LuaToken(LuaTokenKind.End, "<eof>", "", 0, _line);
                case '\n' or '\r':
                    SkipLineEnd();
                    continue;
                case ' ' or '\t' or '\f' or '\v':
                    _at++;
                    continue;
                case '-' when Peek(1) == '-':
                    SkipComment();
                    continue;
                case '[' when LongLevel() >= 0:
                    return LongString(isComment: false);
                case '[' when Peek(1) == '=':
                    throw Error("invalid long string delimiter", text.Substring(_at, Math.Min(LongPrefix(),
                        text.Length - _at)));
                case '"' or '\'':
                    return QuotedString();
                case '.' when char.IsAsciiDigit(Peek(1)):
                    return Number();
                case var c when char.IsAsciiDigit(c):
                    return Number();
                case var c when IsNameStart(c):
                    return Name();
                default:
                    return Sign();
            }
        }
    }

    /// <summary>An error at this line.</summary>
    public LuaSyntaxException Error(string message, string? near = null) =>
        new($"{chunkName}:{_line}: {message}{(near is null ? "" : $" near '{near}'")}");

    private char Current => Peek(0);

    private char Peek(int offset) => _at + offset < text.Length ? text[_at + offset] : '\0';

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNameChar(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private void SkipLineEnd()
    {
        char first = text[_at++];
        if (Current is '\n' or '\r' && Current != first)
        {
            _at++;
        }

        _line++;
    }

    private void SkipComment()
    {
        _at += 2;
        if (Current == '[' && LongLevel() >= 0)
        {
            LongString(isComment: true);
            _buffer.Clear();
            return;
        }

        while (_at < text.Length && Current is not ('\n' or '\r'))
        {
            _at++;
        }
    }

    // Number of signs between the brackets of a long string that begins here, -1 when none does.
    private int LongLevel()
    {
        int length = LongPrefix();
        return Peek(length) == '[' ? length - 1 : -1;
    }

    private int LongPrefix()
    {
        int length = 1;
        while (Peek(length) == '=')
        {
            length++;
        }

        return length;
    }

    private LuaToken LongString(bool isComment)
    {
        int level = LongLevel();
        string close = $"]{new string('=', level)}]";
        int start = _at;
        _at += level + 2;
        if (Current is '\n' or '\r' && _at < text.Length)
        {
            SkipLineEnd();
        }

        while (true)
        {
            if (_at >= text.Length)
            {
                throw Error(isComment ? "unfinished long comment" : "unfinished long string", "<eof>");
            }

            if (Current == ']' && string.CompareOrdinal(text, _at, close, 0, close.Length) == 0)
            {
                _at += close.Length;
                return new LuaToken(LuaTokenKind.String, text[start.._at], _buffer.ToString(), 0, _line);
            }

            if (level == 0 && Current == '[' && Peek(1) == '[')
            {
                throw Error("nesting of [[...]] is deprecated", "[");
            }

            if (Current is '\n' or '\r')
            {
                SkipLineEnd();
                _buffer.Append('\n');
            }
            else
            {
                _buffer.Append(text[_at++]);
            }
        }
    }

    private LuaToken QuotedString()
    {
        char quote = text[_at++];
        while (_at >= text.Length || Current != quote)
        {
            if (_at >= text.Length)
            {
                throw Error("unfinished string", "<eof>");
            }

            switch (Current)
            {
                case '\n' or '\r':
                    throw Error("unfinished string", quote + _buffer.ToString());
                case '\\':
                    Escape(quote);
                    break;
                default:
                    _buffer.Append(text[_at++]);
                    break;
            }
        }

        _at++;
        string value = _buffer.ToString();
        return new LuaToken(LuaTokenKind.String, quote + value + quote, value, 0, _line);
    }

    private void Escape(char quote)
    {
        _at++;
        if (_at >= text.Length)
        {
            return;
        }

        char c = text[_at];
        if (c is '\n' or '\r')
        {
            SkipLineEnd();
            _buffer.Append('\n');
            return;
        }

        if (!char.IsAsciiDigit(c))
        {
            _at++;
            _buffer.Append(c switch
            {
                'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', _ => c,
            });
            return;
        }

        int value = 0;
        for (int i = 0; i < 3 && char.IsAsciiDigit(Current); i++)
        {
            value = (value * 10) + (text[_at++] - '0');
        }

        if (value > byte.MaxValue)
        {
            throw Error("escape sequence too large", quote + _buffer.ToString());
        }

        _buffer.Append((char)value);
    }

    private LuaToken Number()
    {
        int start = _at;
        while (char.IsAsciiDigit(Current) || Current == '.')
        {
            _at++;
        }

        if (Current is 'e' or 'E')
        {
            _at++;
            if (Current is '+' or '-')
            {
                _at++;
            }
        }

        while (IsNameChar(Current))
        {
            _at++;
        }

        string word = text[start.._at];
        if (!LuaNumber.TryParse(Encoding.Latin1.GetBytes(word), out double value))
        {
            throw Error("malformed number", word);
        }

        return new LuaToken(LuaTokenKind.Number, word, "", value, _line);
    }

    private LuaToken Name()
    {
        int start = _at;
        while (IsNameChar(Current))
        {
            _at++;
        }

        string word = text[start.._at];
        if (Reserved.Contains(word))
        {
            return new LuaToken(LuaTokenKind.Word, word, "", 0, _line);
        }

        Names.Add(word);
        return new LuaToken(LuaTokenKind.Name, word, "", 0, _line);
    }

    private LuaToken Sign()
    {
        int length = Current switch
        {
            '.' when Peek(1) == '.' => Peek(2) == '.' ? 3 : 2,
            '=' or '<' or '>' or '~' when Peek(1) == '=' => 2,
            _ => 1,
        };
        string word = text.Substring(_at, length);
        _at += length;
        bool isControl = word[0] < ' ' || word[0] == '\x7F';
        return new LuaToken(LuaTokenKind.Word, isControl ? $"char({(int)word[0]})" : word, "", 0, _line);
    }
}
