using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Writes a Lua value as JSON.</summary>
internal sealed class JsonEncoder(LuaFrame frame, JsonSettings settings)
{
    // About ten milliseconds; sessions have some hundred values.
    private const int MaxNodes = 125_000;

    // Deeper calls than that would need more of the thread's stack than others leave.
    private const int MaxDepth = 2000;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\', (byte)'/', 0x7F]);

    private readonly List<byte> _text = [];

    /// <summary>Values written.</summary>
    public int Nodes { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Text => CollectionsMarshal.AsSpan(_text);

    /// <summary>Writes the newest value.</summary>
    /// <returns>The message of what cannot be written, or null.</returns>
    public string? Write() => Write(0);

    private string? Write(int depth)
    {
        if (++Nodes > MaxNodes || _text.Count > frame.State.BytesLeft)
        {
            return "Cannot serialise, too many values";
        }

        switch (frame.TypeOf(-1))
        {
            case LuaType.String:
                WriteString(frame.Bytes(-1));
                return null;
            case LuaType.Number:
                return WriteNumber(frame.Number(-1));
            case LuaType.Boolean:
                _text.AddRange(frame.Truth(-1) ? "true"u8 : "false"u8);
                return null;
            case LuaType.Table:
                return WriteTable(depth + 1);
            case LuaType.Nil:
            case LuaType.Light when frame.Address(-1) == 0:
                _text.AddRange("null"u8);
                return null;
            default:
                return $"Cannot serialise {frame.TypeName(-1)}: type not supported";
        }
    }

    private string? WriteTable(int depth)
    {
        if (depth > settings.EncodeDepth || depth > MaxDepth || !frame.HasRoom(4))
        {
            return $"Cannot serialise, excessive nesting ({depth})";
        }

        if (!TryLength(out long length, out string? problem))
        {
            return problem;
        }

        return length > 0 ? WriteArray(length, depth) : WriteObject(depth);
    }

    // Number of elements of an array; 0 or less for an object.
    private bool TryLength(out long length, out string? problem)
    {
        long items = 0;
        length = 0;
        problem = null;
        frame.PushNil();
        while (frame.Next(-2))
        {
            frame.Pop();
            double key = frame.TypeOf(-1) == LuaType.Number ? frame.Number(-1) : 0;
            if (key < 1 || key != Math.Floor(key))
            {
                frame.Pop();
                length = -1;
                return true;
            }

            length = Math.Max(length, (long)key);
            items++;
        }

        if (settings.SparseRatio > 0 && length > items * settings.SparseRatio && length > settings.SparseSafe)
        {
            if (!settings.ConvertsSparse)
            {
                problem = "Cannot serialise table: excessively sparse array";
                return false;
            }

            length = -1;
        }

        return true;
    }

    private string? WriteArray(long length, int depth)
    {
        _text.Add((byte)'[');
        for (long i = 1; i <= length; i++)
        {
            if (i > 1)
            {
                _text.Add((byte)',');
            }

            frame.Get(-1, i);
            if (Write(depth) is { } problem)
            {
                return problem;
            }

            frame.Pop();
        }

        _text.Add((byte)']');
        return null;
    }

    private string? WriteObject(int depth)
    {
        _text.Add((byte)'{');
        bool isFirst = true;
        frame.PushNil();
        while (frame.Next(-2))
        {
            if (!isFirst)
            {
                _text.Add((byte)',');
            }

            isFirst = false;
            switch (frame.TypeOf(-2))
            {
                case LuaType.Number:
                    _text.Add((byte)'"');
                    if (WriteNumber(frame.Number(-2)) is { } bad)
                    {
                        return bad;
                    }

                    _text.Add((byte)'"');
                    break;
                case LuaType.String:
                    WriteString(frame.Bytes(-2));
                    break;
                default:
                    return $"Cannot serialise {frame.TypeName(-2)}: table key must be a number or string";
            }

            _text.Add((byte)':');
            if (Write(depth) is { } problem)
            {
                return problem;
            }

            frame.Pop();
        }

        _text.Add((byte)'}');
        return null;
    }

    private string? WriteNumber(double number)
    {
        if (!double.IsFinite(number) && settings.EncodesInvalidAsNull)
        {
            _text.AddRange("null"u8);
            return null;
        }

        if (!double.IsFinite(number) && !settings.EncodesInvalid)
        {
            return "Cannot serialise number: must not be NaN or Inf";
        }

        _text.AddRange(Encoding.Latin1.GetBytes(LuaNumber.Format(number, settings.Precision)));
        return null;
    }

    private void WriteString(ReadOnlySpan<byte> value)
    {
        _text.Add((byte)'"');
        while (true)
        {
            int run = value.IndexOfAny(Escaped);
            _text.AddRange(run < 0 ? value : value[..run]);
            if (run < 0)
            {
                break;
            }

            byte c = value[run];
            value = value[(run + 1)..];
            switch (c)
            {
                case (byte)'"':
                    _text.AddRange("\\\""u8);
                    break;
                case (byte)'\\':
                    _text.AddRange("\\\\"u8);
                    break;
                case (byte)'/':
                    _text.AddRange("\\/"u8);
                    break;
                case (byte)'\b':
                    _text.AddRange("\\b"u8);
                    break;
                case (byte)'\t':
                    _text.AddRange("\\t"u8);
                    break;
                case (byte)'\n':
                    _text.AddRange("\\n"u8);
                    break;
                case (byte)'\f':
                    _text.AddRange("\\f"u8);
                    break;
                case (byte)'\r':
                    _text.AddRange("\\r"u8);
                    break;
                default:
                    _text.AddRange("\\u00"u8);
                    _text.Add("0123456789abcdef"u8[c >> 4]);
                    _text.Add("0123456789abcdef"u8[c & 15]);
                    break;
            }
        }

        _text.Add((byte)'"');
    }
}
