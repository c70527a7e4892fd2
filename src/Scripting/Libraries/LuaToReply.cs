using System.Globalization;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Writes a Lua value as a reply, as Redis does (script_lua.c).</summary>
internal ref struct LuaToReply(LuaFrame frame, OutputBuffer output, int version, int scriptVersion)
{
    // Redis ends where its Lua's C stack does, at about 8,000.
    private const int MaxDepth = 1000;

    // About 10 ms; a script that returns more returns itself several times, most probably.
    private const int MaxElements = 200_000;

    private readonly LuaFrame _frame = frame;
    private readonly OutputBuffer _output = output;
    private int _elements;

    /// <summary>Writes the newest value and takes it off.</summary>
    /// <returns>False when it is too much; what was written then is no reply.</returns>
    public bool TryWrite() => TryWrite(0);

    private bool TryWrite(int depth)
    {
        if (++_elements > MaxElements || _output.Overflowed)
        {
            return false;
        }

        if (depth > MaxDepth || !_frame.HasRoom(6))
        {
            _output.Write("-ERR reached lua stack limit\r\n"u8);
            _frame.Pop();
            return true;
        }

        bool isWhole = true;
        switch (_frame.TypeOf(-1))
        {
            case LuaType.String:
                _output.WriteBulk(_frame.Bytes(-1));
                break;
            case LuaType.Boolean when scriptVersion == 2 && _frame.Truth(-1):
                _output.WriteInteger(1);
                break;
            case LuaType.Boolean when scriptVersion == 2:
                _output.WriteNull(version);
                break;
            case LuaType.Boolean:
                _output.WriteBoolean(_frame.Truth(-1), version);
                break;
            case LuaType.Number:
                _output.WriteInteger(LuaArguments.ToInt64(_frame.Number(-1)));
                break;
            case LuaType.Table:
                isWhole = TryWriteTable(depth);
                break;
            default:
                _output.WriteNull(version);
                break;
        }

        _frame.Pop();
        return isWhole;
    }

    private bool TryWriteTable(int depth)
    {
        if (Field("err"u8, LuaType.String))
        {
            WriteLine((byte)'-', _frame.Bytes(-1));
            _frame.Pop();
            return true;
        }

        if (Field("ok"u8, LuaType.String))
        {
            WriteLine((byte)'+', _frame.Bytes(-1));
            _frame.Pop();
            return true;
        }

        if (Field("double"u8, LuaType.Number))
        {
            WriteDouble(_frame.Number(-1));
            _frame.Pop();
            return true;
        }

        if (Field("big_number"u8, LuaType.String))
        {
            if (version == 3)
            {
                WriteLine((byte)'(', _frame.Bytes(-1), endsAtZero: false);
            }
            else
            {
                _output.WriteBulk(Mapped(_frame.Bytes(-1)));
            }

            _frame.Pop();
            return true;
        }

        if (Field("verbatim_string"u8, LuaType.Table))
        {
            if (TryWriteVerbatim())
            {
                _frame.Pop();
                return true;
            }

            _frame.Pop();
        }

        if (Field("map"u8, LuaType.Table))
        {
            bool isWhole = TryWritePairs(depth, isMap: true);
            _frame.Pop();
            return isWhole;
        }

        if (Field("set"u8, LuaType.Table))
        {
            bool isWhole = TryWritePairs(depth, isMap: false);
            _frame.Pop();
            return isWhole;
        }

        return TryWriteArray(depth);
    }

    private readonly bool Field(ReadOnlySpan<byte> name, LuaType type)
    {
        if (_frame.Field(-1, name) == type)
        {
            return true;
        }

        _frame.Pop();
        return false;
    }

    // C strings end at a zero; line ends become blanks.
    private readonly void WriteLine(byte type, ReadOnlySpan<byte> text, bool endsAtZero = true)
    {
        int zero = endsAtZero ? text.IndexOf((byte)0) : -1;
        text = zero < 0 ? text : text[..zero];
        if (type == '-')
        {
            text = text.TrimEnd("\r\n"u8);
        }

        _output.WriteByte(type);
        _output.Write(Mapped(text));
        _output.Write("\r\n"u8);
    }

    private static ReadOnlySpan<byte> Mapped(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'\r', (byte)'\n') < 0)
        {
            return text;
        }

        byte[] copy = text.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)' ');
        copy.AsSpan().Replace((byte)'\n', (byte)' ');
        return copy;
    }

    private readonly void WriteDouble(double value)
    {
        string text = double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf")
            : LuaNumber.Format(value, LuaNumber.ArgumentDigits);
        if (version == 3)
        {
            _output.WriteByte((byte)',');
            _output.WriteText(text);
            _output.Write("\r\n"u8);
        }
        else
        {
            _output.WriteBulk(text);
        }
    }

    private readonly bool TryWriteVerbatim()
    {
        if (!Field("format"u8, LuaType.String))
        {
            return false;
        }

        _frame.PushCopy(-2);
        _frame.Push("string"u8);
        if (_frame.Get(-2) != LuaType.String)
        {
            _frame.Pop(3);
            return false;
        }

        Span<byte> format = stackalloc byte[3];
        format.Fill((byte)' ');
        ReadOnlySpan<byte> given = _frame.Bytes(-3);
        given[..Math.Min(given.Length, 3)].CopyTo(format);
        _output.WriteVerbatim(format, _frame.Bytes(-1), version);
        _frame.Pop(3);
        return true;
    }

    private bool TryWritePairs(int depth, bool isMap)
    {
        int count = 0;
        _frame.PushNil();
        while (_frame.Next(-2))
        {
            _frame.Pop();
            count++;
        }

        if (isMap)
        {
            _output.WriteMap(count, version);
        }
        else
        {
            _output.WriteSet(count, version);
        }

        _frame.PushNil();
        while (_frame.Next(-2))
        {
            if (!isMap)
            {
                _frame.Pop();
                _frame.PushCopy(-1);
                if (!TryWrite(depth + 1))
                {
                    return false;
                }

                continue;
            }

            _frame.PushCopy(-2);
            if (!TryWrite(depth + 1) || !TryWrite(depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryWriteArray(int depth)
    {
        int count = 0;
        while (_frame.Get(-1, count + 1) != LuaType.Nil)
        {
            count++;
            _frame.Pop();
        }

        _frame.Pop();
        if (count > MaxElements)
        {
            return false;
        }

        _output.WriteArray(count);
        for (int i = 1; i <= count; i++)
        {
            _frame.Get(-1, i);
            if (!TryWrite(depth + 1))
            {
                return false;
            }
        }

        return true;
    }
}
