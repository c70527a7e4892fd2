using System.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>The functions of <c>redis</c> that reach the host.</summary>
internal sealed class RedisLibrary : ILuaLibrary
{
    // What one call leaves behind for the next; a rare one's is given back.
    private const int KeepBytes = 1 << 20;

    private byte[] _bytes = new byte[1024];
    private RespArgument[] _arguments = new RespArgument[16];

    /// <summary>The host of the script that runs.</summary>
    public IScriptHost Host { get; set; } = null!;

    public string? Name => null;

    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
    [
        ("call", Call), ("log", Log), ("setresp", SetResp), ("set_repl", SetRepl), ("acl_check_cmd", CheckCommand),
        ("clock", Clock),
    ];

    // → true and the reply, or false and a table with the error; MORE when it is to be called again
    private int Call(LuaFrame frame)
    {
        int count = frame.Count;
        if (count == 0)
        {
            return Refuse(frame, "ERR Please specify at least one argument for this redis lib call");
        }

        if (count > _arguments.Length)
        {
            _arguments = new RespArgument[count + 16];
        }

        int length = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> argument;
            switch (frame.TypeOf(i + 1))
            {
                case LuaType.String:
                    argument = frame.Bytes(i + 1);
                    break;
                case LuaType.Number:
                    argument = Encoding.Latin1.GetBytes(LuaNumber.Format(frame.Number(i + 1),
                        LuaNumber.ArgumentDigits));
                    break;
                default:
                    return Refuse(frame, "ERR Lua redis lib command arguments must be strings or integers");
            }

            if (argument.Length > _bytes.Length - length)
            {
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, length + argument.Length));
            }

            argument.CopyTo(_bytes.AsSpan(length));
            _arguments[i] = new RespArgument(length, argument.Length);
            length += argument.Length;
        }

        ReadOnlySpan<byte> reply = Host.Call(new RespRequest(_bytes.AsSpan(0, length), _arguments.AsSpan(0, count)));
        if (_bytes.Length > KeepBytes)
        {
            _bytes = new byte[1024];
        }

        frame.SetCount(0);
        if (reply.IsEmpty)
        {
            frame.State.Interrupt(frame.Handle);
            frame.PushLight(LuaState.MoreMark);
            return 1;
        }

        frame.Push(reply[0] != '-');
        frame.State.Spend(2 + (reply.Length / 1024) + Host.Work, frame);
        if (reply.Length > frame.State.BytesLeft)
        {
            return Refuse(frame, "ERR not enough memory for the reply");
        }

        ReplyToLua.Push(frame, reply);
        return 2;
    }

    private int Log(LuaFrame frame)
    {
        if (frame.Count < 2)
        {
            return Complain(frame, "redis.log() requires two arguments or more.");
        }

        if (!frame.TryNumber(1, out double number))
        {
            return Complain(frame, "First argument must be a number (log level).");
        }

        int level = (int)LuaArguments.ToInt64(number);
        if (level is < 0 or > 3)
        {
            return Complain(frame, "Invalid debug level.");
        }

        var text = new StringBuilder();
        for (int i = 2; i <= frame.Count; i++)
        {
            if (frame.TryText(i, out ReadOnlySpan<byte> part))
            {
                text.Append(i > 2 ? " " : "").Append(Encoding.Latin1.GetString(part[..Math.Min(part.Length, 1024)]));
            }
        }

        Host.Log(level, text.ToString());
        return 0;
    }

    private int SetResp(LuaFrame frame)
    {
        if (frame.Count != 1)
        {
            return Complain(frame, "redis.setresp() requires one argument.");
        }

        frame.TryNumber(1, out double version);
        if ((int)LuaArguments.ToInt64(version) is not (2 or 3))
        {
            return Complain(frame, "RESP version must be 2 or 3.");
        }

        Host.Version = (int)version;
        return 0;
    }

    private static int SetRepl(LuaFrame frame)
    {
        if (frame.Count != 1)
        {
            return Complain(frame, "redis.set_repl() requires two arguments.");
        }

        frame.TryNumber(1, out double flags);
        return ((int)LuaArguments.ToInt64(flags) & ~3) != 0
            ? Complain(frame, "Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.") : 0;
    }

    // → true, or nil and the problem
    private int CheckCommand(LuaFrame frame)
    {
        if (frame.Count == 0)
        {
            frame.PushNil();
            frame.Push("Please specify at least one argument for this redis lib call");
            return 2;
        }

        for (int i = 1; i <= frame.Count; i++)
        {
            if (!frame.TryText(i, out _))
            {
                frame.PushNil();
                frame.Push("Lua redis lib command arguments must be strings or integers");
                return 2;
            }
        }

        if (frame.TryText(1, out ReadOnlySpan<byte> command) && Host.Knows(command))
        {
            frame.Push(true);
            return 1;
        }

        frame.PushNil();
        frame.Push("Invalid command passed to redis.acl_check_cmd()");
        return 2;
    }

    private int Clock(LuaFrame frame)
    {
        frame.Push(Host.Clock);
        return 1;
    }

    private static int Refuse(in LuaFrame frame, string error)
    {
        frame.SetCount(0);
        frame.Push(false);
        frame.PushTable(0, 1);
        frame.Push("err"u8);
        frame.Push(error);
        frame.Set(-3);
        return 2;
    }

    private static int Complain(in LuaFrame frame, string text)
    {
        frame.SetCount(0);
        frame.Push(text);
        return 1;
    }
}
