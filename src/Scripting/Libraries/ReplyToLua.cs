using System.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Makes Lua values of a command's reply, as Redis does (script_lua.c). The reply is our own and so well
/// formed.</summary>
internal static class ReplyToLua
{
    /// <summary>Pushes the value of a reply.</summary>
    public static void Push(in LuaFrame frame, ReadOnlySpan<byte> reply)
    {
        if (reply.IsEmpty)
        {
            frame.Push(false);
            return;
        }

        int at = 0;
        Push(frame, reply, ref at);
    }

    private static void Push(in LuaFrame frame, ReadOnlySpan<byte> reply, ref int at)
    {
        frame.HasRoom(6);
        byte type = reply[at++];
        ReadOnlySpan<byte> line = Line(reply, ref at);
        switch (type)
        {
            case (byte)'+':
                Wrapped(frame, "ok"u8, line);
                break;
            case (byte)'-':
                PushError(frame, line);
                break;
            case (byte)':':
                RespNumbers.TryInt64(line, out long integer);
                frame.Push((double)integer);
                break;
            case (byte)'$' when line[0] == '-':
            case (byte)'*' when line[0] == '-':
                frame.Push(false);
                break;
            case (byte)'$':
                frame.Push(Body(reply, line, ref at));
                break;
            case (byte)'*':
                PushArray(frame, reply, Length(line), ref at);
                break;
            case (byte)'_':
                frame.PushNil();
                break;
            case (byte)'#':
                frame.Push(line[0] == 't');
                break;
            case (byte)',':
                frame.PushTable(0, 1);
                frame.Push("double"u8);
                LuaNumber.TryParse(line, out double number);
                frame.Push(number);
                frame.Set(-3);
                break;
            case (byte)'(':
                Wrapped(frame, "big_number"u8, line);
                break;
            case (byte)'=':
                PushVerbatim(frame, Body(reply, line, ref at));
                break;
            case (byte)'%':
                PushMap(frame, reply, Length(line), ref at);
                break;
            case (byte)'~':
                PushSet(frame, reply, Length(line), ref at);
                break;
            default:
                frame.PushNil();
                break;
        }
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> reply, ref int at)
    {
        int length = reply[at..].IndexOf("\r\n"u8);
        ReadOnlySpan<byte> line = reply.Slice(at, length);
        at += length + 2;
        return line;
    }

    private static int Length(ReadOnlySpan<byte> line)
    {
        RespNumbers.TryInt64(line, out long length);
        return (int)length;
    }

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> reply, ReadOnlySpan<byte> line, ref int at)
    {
        int length = Length(line);
        ReadOnlySpan<byte> body = reply.Slice(at, length);
        at += length + 2;
        return body;
    }

    private static void Wrapped(in LuaFrame frame, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        frame.PushTable(0, 1);
        frame.Push(name);
        frame.Push(value);
        frame.Set(-3);
    }

    // A code in any case; counted when the command failed, so not again.
    private static void PushError(in LuaFrame frame, ReadOnlySpan<byte> line)
    {
        frame.PushTable(0, 2);
        frame.Push("err"u8);
        frame.Push(line.Contains((byte)' ') ? Encoding.Latin1.GetString(line)
            : $"ERR {Encoding.Latin1.GetString(line)}");
        frame.Set(-3);
        frame.Push("ignore_error_stats_update"u8);
        frame.Push(true);
        frame.Set(-3);
    }

    private static void PushArray(in LuaFrame frame, ReadOnlySpan<byte> reply, int count, ref int at)
    {
        frame.PushTable(count);
        for (int i = 1; i <= count; i++)
        {
            Push(frame, reply, ref at);
            frame.Set(-2, i);
        }
    }

    private static void PushVerbatim(in LuaFrame frame, ReadOnlySpan<byte> body)
    {
        frame.PushTable(0, 1);
        frame.Push("verbatim_string"u8);
        frame.PushTable(0, 2);
        frame.Push("string"u8);
        frame.Push(body[4..]);
        frame.Set(-3);
        frame.Push("format"u8);
        frame.Push(body[..3]);
        frame.Set(-3);
        frame.Set(-3);
    }

    private static void PushMap(in LuaFrame frame, ReadOnlySpan<byte> reply, int count, ref int at)
    {
        frame.PushTable(0, 1);
        frame.Push("map"u8);
        frame.PushTable(0, count);
        for (int i = 0; i < count; i++)
        {
            Push(frame, reply, ref at);
            Push(frame, reply, ref at);
            SetUnlessNil(frame);
        }

        frame.Set(-3);
    }

    private static void PushSet(in LuaFrame frame, ReadOnlySpan<byte> reply, int count, ref int at)
    {
        frame.PushTable(0, 1);
        frame.Push("set"u8);
        frame.PushTable(0, count);
        for (int i = 0; i < count; i++)
        {
            Push(frame, reply, ref at);
            frame.Push(true);
            SetUnlessNil(frame);
        }

        frame.Set(-3);
    }

    // No table has nil as a key: Lua would raise an error.
    private static void SetUnlessNil(in LuaFrame frame)
    {
        if (frame.TypeOf(-2) == LuaType.Nil || (frame.TypeOf(-2) == LuaType.Number && double.IsNaN(frame.Number(-2))))
        {
            frame.Pop(2);
        }
        else
        {
            frame.Set(-3);
        }
    }
}
