using System.Globalization;
using System.Text;

namespace SessionGateway.Scripting.Syntax;

/// <summary>Where a translator stands: the word that is read, what was written, the function around it.</summary>
internal abstract class LuaCursor(string text, string chunkName)
{
    // LUAI_MAXCCALLS and LUAI_MAXVARS of 5.1.
    private const int MaxDepth = 200;
    private const int MaxLocals = 200;

    protected readonly LuaLexer _lexer = new(text, chunkName);
    protected readonly LuaPieces _out = new();
    protected readonly string _chunkName = chunkName;
    protected LuaScope _scope = new(null, 0, isVararg: true);
    protected LuaToken _token;
    protected int _lastLine = 1;
    protected int _depth;
    private LuaToken? _ahead;

    // A word that is filled when the function is complete.
    protected int Mark()
    {
        _out.Add("", _lastLine);
        return _out.Count - 1;
    }

    protected void Read()
    {
        _lastLine = _token.Line == 0 ? 1 : _token.Line;
        _token = _ahead ?? _lexer.Next();
        _ahead = null;
    }

    protected LuaToken Ahead() => _ahead ??= _lexer.Next();

    protected LuaSyntaxException Near(string message) => _token.Kind == LuaTokenKind.Word
        || _token.Kind == LuaTokenKind.End
        ? new($"{_chunkName}:{_token.Line}: {message} near '{_token.Shown}'")
        : new($"{_chunkName}:{_token.Line}: {message} near '{_token.Text}'");

    // Writes the word and reads the next.
    protected void Copy()
    {
        _out.Add(_token.Text, _token.Line);
        Read();
    }

    protected bool TryCopy(string word)
    {
        if (!_token.Is(word))
        {
            return false;
        }

        Copy();
        return true;
    }

    protected void Expect(string word)
    {
        if (!TryCopy(word))
        {
            throw Near($"'{word}' expected");
        }
    }

    protected void Match(string word, string opener, int line)
    {
        if (TryCopy(word))
        {
            return;
        }

        throw line == _token.Line
            ? Near($"'{word}' expected")
            : Near($"'{word}' expected (to close '{opener}' at line {line})");
    }

    protected string ReadName()
    {
        if (_token.Kind != LuaTokenKind.Name)
        {
            throw Near("'<name>' expected");
        }

        string name = _token.Text;
        Read();
        return name;
    }

    // The one name that 5.4 has reserved.
    protected static string Safe(string name) => name == "goto" ? "goto_" : name;

    protected string CopyVariable()
    {
        int line = _token.Line;
        string name = ReadName();
        _out.Add(Safe(name), line);
        return name;
    }

    protected void AddLocals(IEnumerable<string> names)
    {
        _scope.Locals.AddRange(names);
        if (_scope.Locals.Count > MaxLocals)
        {
            string where = _scope.Parent is null ? "main function" : $"function at line {_scope.Line}";
            throw new LuaSyntaxException(
                $"{_chunkName}:{_token.Line}: {where} has more than {MaxLocals} local variables");
        }
    }

    protected void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new LuaSyntaxException($"{_chunkName}:{_token.Line}: chunk has too many syntax levels");
        }
    }

    protected void CopyString()
    {
        _out.Add(Quoted(_token.Value), _token.Line);
        Read();
    }

    protected static string Quoted(string value)
    {
        var text = new StringBuilder("\"", value.Length + 2);
        foreach (char c in value)
        {
            if (c is < ' ' or > '~' or '"' or '\\')
            {
                text.Append('\\').Append(((int)c).ToString("000", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.Append('"').ToString();
    }
}
