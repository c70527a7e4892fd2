using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Functions of <c>string</c> without patterns and formats (lstrlib.c).</summary>
internal sealed class StringLibrary : ILuaLibrary
{
    // unpack's bound: results that the stack takes.
    private const int MaxResults = 7999;

    public string? Name => null;

    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
    [
        ("string.byte", Byte), ("string.char", Char), ("string.dump", Dump), ("string.len", Len), ("string.lower",
            Lower),
        ("string.rep", Rep), ("string.reverse", Reverse), ("string.sub", Sub), ("string.upper", Upper),
    ];

    private static int Len(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> text))
        {
            return frame.WrongType("len", 1, "string");
        }

        frame.Push(text.Length);
        return 1;
    }

    private static int Sub(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> text))
        {
            return frame.WrongType("sub", 1, "string");
        }

        if (!frame.TryNumber(2, out double first))
        {
            return frame.WrongType("sub", 2, "number");
        }

        if (!frame.TryNumber(3, -1, out double last))
        {
            return frame.WrongType("sub", 3, "number");
        }

        long start = Math.Max(LuaArguments.Place(first, text.Length), 1);
        long end = Math.Min(LuaArguments.Place(last, text.Length), text.Length);
        frame.Push(start <= end ? text[(int)(start - 1)..(int)end] : default);
        return 1;
    }

    private static int Byte(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> text))
        {
            return frame.WrongType("byte", 1, "string");
        }

        if (!frame.TryNumber(2, 1, out double first))
        {
            return frame.WrongType("byte", 2, "number");
        }

        long start = LuaArguments.Place(first, text.Length);
        if (!frame.TryNumber(3, start, out double last))
        {
            return frame.WrongType("byte", 3, "number");
        }

        long end = Math.Min(LuaArguments.Place(last, text.Length), text.Length);
        start = Math.Max(start, 1);
        if (start > end)
        {
            return 0;
        }

        int count = (int)(end - start + 1);
        if (count > MaxResults || !frame.HasRoom(count))
        {
            return frame.Fail("string slice too long");
        }

        frame.State.Spend(count / 50, frame);
        for (int i = 0; i < count; i++)
        {
            frame.Push(text[(int)start - 1 + i]);
        }

        return count;
    }

    private static int Char(LuaFrame frame)
    {
        byte[] bytes = new byte[frame.Count];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!frame.TryNumber(i + 1, out double number))
            {
                return frame.WrongType("char", i + 1, "number");
            }

            long value = (int)LuaArguments.ToInt64(number);
            if (value is < 0 or > byte.MaxValue)
            {
                return frame.BadArgument("char", i + 1, "invalid value");
            }

            bytes[i] = (byte)value;
        }

        frame.Push(bytes);
        return 1;
    }

    // No byte code leaves: what comes has its mark, and load refuses it as Redis' does.
    private static int Dump(LuaFrame frame)
    {
        if (frame.TypeOf(1) != LuaType.Function)
        {
            return frame.WrongType("dump", 1, "function");
        }

        frame.Push("\eLua"u8);
        return 1;
    }

    private static int Lower(LuaFrame frame) => Changed(frame, "lower", b => b is >= (byte)'A' and <= (byte)'Z'
        ? (byte)(b + 32) : b);

    private static int Upper(LuaFrame frame) => Changed(frame, "upper", b => b is >= (byte)'a' and <= (byte)'z'
        ? (byte)(b - 32) : b);

    private static int Changed(LuaFrame frame, string name, Func<byte, byte> change)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> text))
        {
            return frame.WrongType(name, 1, "string");
        }

        frame.State.Spend(text.Length / 1024, frame);
        frame.Push(text.Length, (ReadOnlySpan<byte>)text, (made, from) =>
        {
            for (int i = 0; i < made.Length; i++)
            {
                made[i] = change(from[i]);
            }
        });
        return 1;
    }

    private static int Reverse(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> text))
        {
            return frame.WrongType("reverse", 1, "string");
        }

        frame.State.Spend(text.Length / 4096, frame);
        frame.Push(text.Length, text, static (made, from) =>
        {
            from.CopyTo(made);
            made.Reverse();
        });
        return 1;
    }

    private static int Rep(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> text))
        {
            return frame.WrongType("rep", 1, "string");
        }

        if (!frame.TryNumber(2, out double number))
        {
            return frame.WrongType("rep", 2, "number");
        }

        long count = Math.Max(LuaArguments.ToInt64(number), 0);
        if (text.IsEmpty || count == 0)
        {
            frame.Push(ReadOnlySpan<byte>.Empty);
            return 1;
        }

        if (count > frame.State.BytesLeft / text.Length)
        {
            return frame.Fail("not enough memory");
        }

        int length = (int)(count * text.Length);
        frame.State.Spend(length / 4096, frame);
        frame.Push(length, text, static (made, from) =>
        {
            if (from.Length == 1)
            {
                made.Fill(from[0]);
                return;
            }

            for (int at = 0; at < made.Length; at += from.Length)
            {
                from.CopyTo(made[at..]);
            }
        });
        return 1;
    }
}
