using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>The library <c>cmsgpack</c> of Redis (lua_cmsgpack.c).</summary>
internal sealed class MessagePackLibrary : ILuaLibrary
{
    /// <inheritdoc/>
    public string? Name => "cmsgpack";

    /// <inheritdoc/>
    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
        [("pack", Pack), ("unpack", UnpackAll), ("unpack_one", UnpackOne), ("unpack_limit", UnpackLimit)];

    /// <inheritdoc/>
    public void PushConstants(LuaFrame frame)
    {
        frame.PushTable();
        foreach ((string name, string value) in new[]
            {
                ("_NAME", "cmsgpack"), ("_VERSION", "lua-cmsgpack 0.4.0"),
                ("_COPYRIGHT", "Copyright (C) 2012, Salvatore Sanfilippo"), ("_DESCRIPTION",
                    "MessagePack C implementation for Lua"),
            })
        {
            frame.Push(name);
            frame.Push(value);
            frame.Set(-3);
        }
    }

    private static int Pack(LuaFrame frame)
    {
        int count = frame.Count;
        if (count == 0)
        {
            return frame.BadArgument("pack", 0, "MessagePack pack needs input.");
        }

        var writer = new MessagePackWriter(frame);
        for (int i = 1; i <= count; i++)
        {
            frame.PushCopy(i);
            if (!writer.TryWrite())
            {
                return frame.Fail("too many values");
            }

            frame.Pop();
        }

        frame.State.Spend(writer.Nodes / 20, frame);
        frame.SetCount(0);
        frame.Push(writer.Bytes);
        return 1;
    }

    private static int UnpackAll(LuaFrame frame) => Unpack(frame, "unpack", 0, 0);

    private static int UnpackOne(LuaFrame frame)
    {
        if (!frame.TryNumber(2, 0, out double offset))
        {
            return frame.WrongType("unpack_one", 2, "number");
        }

        return Unpack(frame, "unpack_one", 1, LuaArguments.ToInt64(offset));
    }

    private static int UnpackLimit(LuaFrame frame)
    {
        if (!frame.TryNumber(2, out double limit))
        {
            return frame.WrongType("unpack_limit", 2, "number");
        }

        if (!frame.TryNumber(3, 0, out double offset))
        {
            return frame.WrongType("unpack_limit", 3, "number");
        }

        return Unpack(frame, "unpack_limit", LuaArguments.ToInt64(limit), LuaArguments.ToInt64(offset));
    }

    private static int Unpack(in LuaFrame frame, string name, long limit, long offset)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> bytes))
        {
            return frame.WrongType(name, 1, "string");
        }

        if (offset < 0 || limit < 0)
        {
            return frame.Fail($"Invalid request to unpack with offset of {(int)offset} and limit of {bytes.Length}.");
        }

        if (offset > bytes.Length)
        {
            return frame.Fail($"Start offset {(int)offset} greater than input length {bytes.Length}.");
        }

        bool isAll = limit == 0 && offset == 0;
        var reader = new MessagePackReader(frame, bytes[(int)offset..]);
        long most = isAll ? int.MaxValue : limit;
        int start = frame.Count;
        int count = 0;
        for (; reader.Left > 0 && count < most; count++)
        {
            if (!frame.HasRoom(4))
            {
                return frame.Fail("too many results to unpack");
            }

            if (!reader.TryRead(out string? problem))
            {
                return frame.Fail(problem!);
            }
        }

        frame.State.Spend(reader.Nodes / 10, frame);
        if (isAll)
        {
            return count;
        }

        frame.Push(reader.Left == 0 ? -1 : bytes.Length - reader.Left);
        frame.Insert(start + 1);
        return count + 1;
    }
}
