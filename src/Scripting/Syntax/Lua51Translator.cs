using System.Text;

namespace SessionGateway.Scripting.Syntax;

/// <summary>
/// Reads Lua 5.1 (lparser.c, errors included) and writes the same program for Lua 5.4, word by word on the same lines.
/// What differs: all numerals and lengths are floats, operands of <c>..</c> that may be numbers go through a helper
/// that writes them as 5.1 does, bounds of <c>for</c> through one that takes strings, and no call is a tail call, so
/// that messages find the line of their caller.
/// </summary>
internal sealed class Lua51Translator : LuaExpressionTranslator
{
    private Lua51Translator(string text, string chunkName)
        : base(text, chunkName)
    {
    }

    /// <summary>Translates. The result is a chunk that takes the two helpers and returns the function that the text
    /// is.</summary>
    /// <param name="text">The text, one char a byte.</param>
    /// <param name="chunkName">How messages name it.</param>
    /// <param name="result">The text for 5.4, or the message of the error.</param>
    /// <param name="operands">Names of what its arithmetic works on.</param>
    public static bool TryTranslate(string text, string chunkName, out string result, out LuaOperands operands)
    {
        var translator = new Lua51Translator(text, chunkName);
        operands = translator._operands;
        try
        {
            result = translator.Translate();
            return true;
        }
        catch (LuaSyntaxException error)
        {
            result = error.Message;
            return false;
        }
    }

    private string Translate()
    {
        Read();
        int head = Mark();
        Chunk();
        if (_token.Kind != LuaTokenKind.End)
        {
            throw Near("'<eof>' expected");
        }

        CloseFunction(head);
        string text = "_S";
        string number = "_N";
        while (_lexer.Names.Contains(text) || _lexer.Names.Contains(number))
        {
            text += "_";
            number += "_";
        }

        return _out.Render($"local {text},{number}=... return function(...) ", "end")
            .Replace("\u0100", text, StringComparison.Ordinal).Replace("\u0101", number, StringComparison.Ordinal);
    }

    private void CloseFunction(int mark)
    {
        string head = "";
        if (_scope is { IsVararg: true, UsesVararg: false, UsesArg: true, Parent: not null })
        {
            head = "local arg={n=select('#',...)+0.0,...} ";
        }

        // Inside a block with such a variable 5.4 makes no tail calls.
        _out.Replace(mark, head + (_scope.ReturnsCall ? "local _<close> = nil;" : ""));
    }

    private bool BlockEnds() => _token.Kind == LuaTokenKind.End
        || _token is { Kind: LuaTokenKind.Word, Text: "else" or "elseif" or "end" or "until" };

    private void Chunk()
    {
        Enter();
        bool isLast = false;
        while (!isLast && !BlockEnds())
        {
            isLast = Statement();
            TryCopy(";");
        }

        _depth--;
    }

    private void Block()
    {
        int locals = _scope.Locals.Count;
        Chunk();
        Leave(locals);
    }

    private void Leave(int locals) => _scope.Locals.RemoveRange(locals, _scope.Locals.Count - locals);

    private bool Statement()
    {
        int line = _token.Line;
        switch (_token.Kind == LuaTokenKind.Word ? _token.Text : "")
        {
            case "if":
                If(line);
                return false;
            case "while":
                Copy();
                Expression();
                Expect("do");
                LoopBody();
                Match("end", "while", line);
                return false;
            case "do":
                Copy();
                Block();
                Match("end", "do", line);
                return false;
            case "for":
                For(line);
                return false;
            case "repeat":
                Repeat(line);
                return false;
            case "function":
                FunctionStatement(line);
                return false;
            case "local":
                Copy();
                Local();
                return false;
            case "return":
                Return();
                return true;
            case "break":
                if (_scope.Loops == 0)
                {
                    Read();
                    throw Near("no loop to break");
                }

                Copy();
                return true;
            default:
                ExpressionStatement();
                return false;
        }
    }

    private void LoopBody()
    {
        _scope.Loops++;
        Block();
        _scope.Loops--;
    }

    private void If(int line)
    {
        do
        {
            Copy();
            Expression();
            Expect("then");
            Block();
        }
        while (_token.Is("elseif"));
        if (TryCopy("else"))
        {
            Block();
        }

        Match("end", "if", line);
    }

    private void Repeat(int line)
    {
        Copy();
        int locals = _scope.Locals.Count;
        _scope.Loops++;
        Chunk();
        _scope.Loops--;
        Match("until", "repeat", line);
        Expression();
        Leave(locals);
    }

    private void For(int line)
    {
        Copy();
        List<string> names = [CopyVariable()];
        if (TryCopy("="))
        {
            Bound();
            Expect(",");
            Bound();
            if (TryCopy(","))
            {
                Bound();
            }
        }
        else if (_token.Is(",") || _token.Is("in"))
        {
            while (TryCopy(","))
            {
                names.Add(CopyVariable());
            }

            Expect("in");
            ExpressionList();
        }
        else
        {
            throw Near("'=' or 'in' expected");
        }

        Expect("do");
        int locals = _scope.Locals.Count;
        AddLocals(names);
        LoopBody();
        Leave(locals);
        Match("end", "for", line);
    }

    // 5.1 takes strings that are numbers.
    private void Bound()
    {
        LuaExpression bound = Expression();
        if (bound.Kind is not (LuaExpressionKind.Number or LuaExpressionKind.Length))
        {
            _out.Wrap(bound.Start, "\u0101(", ")");
        }
    }

    private void FunctionStatement(int line)
    {
        Copy();
        CopyVariable();
        bool isMethod = false;
        while (_token.Is(".") || _token.Is(":"))
        {
            isMethod = _token.Is(":");
            Copy();
            CopyVariable();
            if (isMethod)
            {
                break;
            }
        }

        Body(isMethod, line);
    }

    private void Local()
    {
        if (TryCopy("function"))
        {
            AddLocals([CopyVariable()]);
            Body(isMethod: false, _token.Line);
            return;
        }

        List<string> names = [];
        do
        {
            names.Add(CopyVariable());
        }
        while (TryCopy(","));
        if (TryCopy("="))
        {
            ExpressionList();
        }

        AddLocals(names);
    }

    private void Return()
    {
        Copy();
        if (BlockEnds() || _token.Is(";"))
        {
            return;
        }

        LuaExpression first = Expression();
        if (_token.Is(","))
        {
            Copy();
            ExpressionList();
        }
        else if (first.Kind == LuaExpressionKind.Call)
        {
            _scope.ReturnsCall = true;
        }
    }

    private void ExpressionStatement()
    {
        LuaExpression first = PrimaryExpression();
        if (first.Kind == LuaExpressionKind.Call)
        {
            return;
        }

        do
        {
            if (first.Kind != LuaExpressionKind.Place)
            {
                throw Near("syntax error");
            }

            if (!_token.Is(","))
            {
                break;
            }

            Copy();
            first = PrimaryExpression();
        }
        while (true);
        Expect("=");
        ExpressionList();
    }

    protected override void Body(bool isMethod, int line)
    {
        _scope = new LuaScope(_scope, line, isVararg: false);
        Expect("(");
        List<string> names = isMethod ? ["self"] : [];
        if (!_token.Is(")"))
        {
            do
            {
                if (_token.Is("..."))
                {
                    _scope.IsVararg = true;
                    Copy();
                    break;
                }

                if (_token.Kind != LuaTokenKind.Name)
                {
                    throw Near("<name> or '...' expected");
                }

                names.Add(CopyVariable());
            }
            while (TryCopy(","));
        }

        AddLocals(names);
        Expect(")");
        int head = Mark();
        Chunk();
        Match("end", "function", line);
        CloseFunction(head);
        _scope = _scope.Parent!;
    }
}
