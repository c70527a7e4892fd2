using System.Globalization;
using SessionGateway.Scripting.Libraries;

namespace SessionGateway.Scripting.Syntax;

/// <summary>Reads and writes expressions (subexpr and below in lparser.c).</summary>
internal abstract class LuaExpressionTranslator(string text, string chunkName) : LuaCursor(text, chunkName)
{
    private const int UnaryPriority = 8;

    protected readonly LuaOperands _operands = new();

    /// <summary>Reads and writes a function behind its name.</summary>
    protected abstract void Body(bool isMethod, int line);

    protected void ExpressionList()
    {
        Expression();
        while (TryCopy(","))
        {
            Expression();
        }
    }

    protected LuaExpression Expression() => Operation(0);

    private LuaExpression Operation(int limit)
    {
        Enter();
        LuaExpression left = Unary();
        while (BinaryPriority(_token) is var (before, behind) && before > limit)
        {
            string sign = _token.Text;
            int line = _token.Line;
            int end = _out.Count - 1;
            Copy();
            LuaExpression right = Operation(behind);
            if (sign is "+" or "-" or "*" or "/" or "%" or "^")
            {
                _operands.Add(sign, line, left.Name, right.Name);
            }
            else if (sign == "..")
            {
                Operand(left, end);
                Operand(right, _out.Count - 1);
            }

            left = new LuaExpression(left.Start, sign == ".." ? LuaExpressionKind.String : LuaExpressionKind.Other);
        }

        _depth--;
        return left;
    }

    private LuaExpression Unary()
    {
        int start = _out.Count;
        if (_token.Is("not") || _token.Is("-"))
        {
            int line = _token.Line;
            bool isMinus = _token.Is("-");
            Copy();
            LuaExpression value = Operation(UnaryPriority);
            if (isMinus)
            {
                _operands.Add("unm", line, value.Name, value.Name);
            }

            return new LuaExpression(start, LuaExpressionKind.Other);
        }

        if (_token.Is("#"))
        {
            Copy();
            Operation(UnaryPriority);
            _out.Wrap(start, "(", "+0.0)");
            return new LuaExpression(start, LuaExpressionKind.Length);
        }

        return Simple();
    }

    private void Operand(in LuaExpression operand, int end)
    {
        if (operand.Kind == LuaExpressionKind.Number)
        {
            _out.Replace(operand.Start, Quoted(LuaNumber.Format(operand.Number, LuaNumber.TextDigits)));
        }
        else if (operand.Kind != LuaExpressionKind.String)
        {
            _out.Wrap(operand.Start, end, "\u0100(", operand.Name is null ? ",nil)" : $",{Quoted(operand.Name)})");
        }
    }

    private LuaExpression Simple()
    {
        int start = _out.Count;
        switch (_token.Kind)
        {
            case LuaTokenKind.Number:
                double number = _token.Number;
                _out.Add(Numeral(number), _token.Line);
                Read();
                return new LuaExpression(start, LuaExpressionKind.Number, null, number);
            case LuaTokenKind.String:
                CopyString();
                return new LuaExpression(start, LuaExpressionKind.String);
            case LuaTokenKind.Word when _token.Text is "nil" or "true" or "false":
                Copy();
                return new LuaExpression(start, LuaExpressionKind.Other);
            case LuaTokenKind.Word when _token.Text == "...":
                if (!_scope.IsVararg)
                {
                    throw Near("cannot use '...' outside a vararg function");
                }

                _scope.UsesVararg = true;
                Copy();
                return new LuaExpression(start, LuaExpressionKind.Other);
            case LuaTokenKind.Word when _token.Text == "{":
                Constructor();
                return new LuaExpression(start, LuaExpressionKind.Other);
            case LuaTokenKind.Word when _token.Text == "function":
                int line = _token.Line;
                Copy();
                Body(isMethod: false, line);
                return new LuaExpression(start, LuaExpressionKind.Other);
            default:
                return PrimaryExpression();
        }
    }

    protected LuaExpression PrimaryExpression()
    {
        int start = _out.Count;
        LuaExpression value = Prefix();
        while (true)
        {
            if (_token.Is("."))
            {
                value = new LuaExpression(start, LuaExpressionKind.Place, $"field '{Field()}'");
            }
            else if (_token.Is("["))
            {
                string? name = Index();
                value = new LuaExpression(start, LuaExpressionKind.Place, $"field '{name ?? "?"}'");
            }
            else if (_token.Is(":"))
            {
                Copy();
                CopyVariable();
                Arguments();
                value = new LuaExpression(start, LuaExpressionKind.Call);
            }
            else if (_token.Kind == LuaTokenKind.String || _token.Is("(") || _token.Is("{"))
            {
                Arguments();
                value = new LuaExpression(start, LuaExpressionKind.Call);
            }
            else
            {
                return value;
            }
        }
    }

    private LuaExpression Prefix()
    {
        int start = _out.Count;
        if (_token.Is("("))
        {
            int line = _token.Line;
            Copy();
            Expression();
            Match(")", "(", line);
            return new LuaExpression(start, LuaExpressionKind.Other);
        }

        if (_token.Kind != LuaTokenKind.Name)
        {
            throw Near("unexpected symbol");
        }

        string name = CopyVariable();
        string kind = _scope.KindOf(name);
        _scope.UsesArg |= name == "arg" && kind != "local";
        return new LuaExpression(start, LuaExpressionKind.Place, $"{kind} '{name}'");
    }

    private string Field()
    {
        int line = _token.Line;
        Read();
        string name = _token.Text;
        int nameLine = _token.Line;
        ReadName();
        if (name == "goto")
        {
            _out.Add("[\"goto\"]", nameLine);
        }
        else
        {
            _out.Add(".", line);
            _out.Add(name, nameLine);
        }

        return name;
    }

    // The name of a field that is a constant string, or null.
    private string? Index()
    {
        Copy();
        string? name = _token.Kind == LuaTokenKind.String ? _token.Value : null;
        LuaExpression index = Expression();
        Subscript(index);
        name = index.Kind == LuaExpressionKind.String && index.Start == _out.Count - 1 ? name : null;
        Expect("]");
        return name;
    }

    // A constant subscript may be an integer: that is how it is looked up in any case.
    private void Subscript(in LuaExpression index)
    {
        if (index.Kind == LuaExpressionKind.Number && index.Start == _out.Count - 1
            && index.Number == Math.Floor(index.Number) && Math.Abs(index.Number) < 1e9)
        {
            _out.Replace(index.Start, ((long)index.Number).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Arguments()
    {
        int line = _token.Line;
        if (_token.Kind == LuaTokenKind.String)
        {
            CopyString();
        }
        else if (_token.Is("{"))
        {
            Constructor();
        }
        else if (_token.Is("("))
        {
            if (line != _lastLine)
            {
                throw Near("ambiguous syntax (function call x new statement)");
            }

            Copy();
            if (!_token.Is(")"))
            {
                ExpressionList();
            }

            Match(")", "(", line);
        }
        else
        {
            throw Near("function arguments expected");
        }
    }

    private void Constructor()
    {
        int line = _token.Line;
        Expect("{");
        while (!_token.Is("}"))
        {
            if (_token.Kind == LuaTokenKind.Name && Ahead().Is("="))
            {
                string name = _token.Text;
                _out.Add(name == "goto" ? "[\"goto\"]" : name, _token.Line);
                Read();
                Expect("=");
                Expression();
            }
            else if (_token.Is("["))
            {
                Index();
                Expect("=");
                Expression();
            }
            else
            {
                Expression();
            }

            if (!TryCopy(",") && !TryCopy(";"))
            {
                break;
            }
        }

        Match("}", "{", line);
    }

    private static string Numeral(double value)
    {
        string text = double.IsInfinity(value) ? "1e999" : value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'e') < 0 ? text + ".0" : text;
    }

    private static (int Before, int Behind)? BinaryPriority(in LuaToken token) => token.Kind != LuaTokenKind.Word ? null
        : token.Text switch
        {
            "or" => (1, 1),
            "and" => (2, 2),
            "<" or ">" or "<=" or ">=" or "~=" or "==" => (3, 3),
            ".." => (5, 4),
            "+" or "-" => (6, 6),
            "*" or "/" or "%" => (7, 7),
            "^" => (10, 9),
            _ => null,
        };
}
