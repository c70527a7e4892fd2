using System.Runtime.InteropServices;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>The library <c>struct</c> of Redis (lua_struct.c), as on x86-64.</summary>
internal sealed class StructLibrary : ILuaLibrary
{
    /// <inheritdoc/>
    public string? Name => "struct";

    /// <inheritdoc/>
    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
        [("pack", Pack), ("unpack", Unpack), ("size", Size)];

    private static int Pack(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> format))
        {
            return frame.WrongType("pack", 1, "string");
        }

        var reader = new StructFormat(format);
        var result = new List<byte>();
        int argument = 2;
        while (reader.TryNext(result.Count, out string? problem))
        {
            for (int i = 0; i < reader.Padding; i++)
            {
                result.Add(0);
            }

            switch (reader.Option)
            {
                case 'x':
                    result.Add(0);
                    break;
                case 'f' or 'd':
                    if (!frame.TryNumber(argument, out double real))
                    {
                        return WrongType(frame, argument, "number");
                    }

                    argument++;
                    Integer(
                        result, reader.Option == 'f' ? BitConverter.SingleToUInt32Bits((float)real)
                            : BitConverter.DoubleToUInt64Bits(real), reader.Size, reader.IsLittle);
                    break;
                case 'c' or 's':
                    if (!frame.TryText(argument, out ReadOnlySpan<byte> text))
                    {
                        return WrongType(frame, argument, "string");
                    }

                    argument++;
                    int size = reader.Size == 0 ? text.Length : reader.Size;
                    if (text.Length < size)
                    {
                        return frame.BadArgument("pack", argument, "string too short");
                    }

                    if (result.Count + size > frame.State.BytesLeft)
                    {
                        return frame.Fail("not enough memory");
                    }

                    result.AddRange(text[..size]);
                    if (reader.Option == 's')
                    {
                        result.Add(0);
                    }

                    break;
                default:
                    if (!frame.TryNumber(argument, out double number))
                    {
                        return WrongType(frame, argument, "number");
                    }

                    argument++;
                    ulong bits = number < 0 ? (ulong)LuaArguments.ToInt64(number)
                        : number < 18446744073709551616.0 ? (ulong)number : 0;
                    Integer(result, bits, reader.Size, reader.IsLittle);
                    break;
            }
        }

        if (reader.Problem is { } wrong)
        {
            return reader.IsArgumentProblem ? frame.BadArgument("pack", 1, wrong) : frame.Fail(wrong);
        }

        frame.State.Spend(result.Count / 4096, frame);
        frame.SetCount(0);
        frame.Push(CollectionsMarshal.AsSpan(result));
        return 1;
    }

    private static int Unpack(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> format))
        {
            return frame.WrongType("unpack", 1, "string");
        }

        if (!frame.TryText(2, out ReadOnlySpan<byte> data))
        {
            return frame.WrongType("unpack", 2, "string");
        }

        if (!frame.TryNumber(3, 1, out double position))
        {
            return frame.WrongType("unpack", 3, "number");
        }

        long at = LuaArguments.ToInt64(position) - 1;
        if (at < 0)
        {
            return frame.BadArgument("unpack", 3, "offset must be 1 or greater");
        }

        int count = 0;
        var reader = new StructFormat(format);
        while (reader.TryNext(at, out _))
        {
            at += reader.Padding;
            if (at > data.Length || reader.Size > data.Length - at)
            {
                return frame.BadArgument("unpack", 2, "data string too short");
            }

            if (!frame.HasRoom(2))
            {
                return frame.Fail("too many results");
            }

            int size = reader.Size;
            ReadOnlySpan<byte> here = data[(int)at..];
            switch (reader.Option)
            {
                case 'x':
                    break;
                case 'f' or 'd':
                    ulong real = Take(here[..size], reader.IsLittle);
                    frame.Push(size == 4 ? BitConverter.UInt32BitsToSingle((uint)real)
                        : BitConverter.UInt64BitsToDouble(real));
                    count++;
                    break;
                case 'c':
                    if (size == 0)
                    {
                        if (count == 0 || frame.TypeOf(-1) != LuaType.Number)
                        {
                            return frame.Fail("format 'c0' needs a previous size");
                        }

                        double previous = frame.Number(-1);
                        frame.Pop();
                        count--;
                        if (previous < 0 || previous > here.Length)
                        {
                            return frame.BadArgument("unpack", 2, "data string too short");
                        }

                        size = (int)previous;
                    }

                    frame.Push(here[..size]);
                    count++;
                    break;
                case 's':
                    int zero = here.IndexOf((byte)0);
                    if (zero < 0)
                    {
                        return frame.Fail("unfinished string in data");
                    }

                    frame.Push(here[..zero]);
                    size = zero + 1;
                    count++;
                    break;
                default:
                    ulong bits = Take(here[..Math.Min(size, 8)], reader.IsLittle, size > 8 ? here[..size] : default);
                    int shift = 64 - (Math.Min(size, 8) * 8);
                    frame.Push(char.IsAsciiLetterLower(reader.Option) ? (long)(bits << shift) >> shift : (double)bits);
                    count++;
                    break;
            }

            at += size;
        }

        if (reader.Problem is { } wrong)
        {
            return reader.IsArgumentProblem ? frame.BadArgument("unpack", 1, wrong) : frame.Fail(wrong);
        }

        frame.Push(at + 1);
        return count + 1;
    }

    private static int Size(LuaFrame frame)
    {
        if (!frame.TryText(1, out ReadOnlySpan<byte> format))
        {
            return frame.WrongType("size", 1, "string");
        }

        long total = 0;
        var reader = new StructFormat(format);
        while (reader.TryNext(total, out _))
        {
            if (reader.Option == 's')
            {
                return frame.BadArgument("size", 1, "option 's' has no fixed size");
            }

            if (reader.Option == 'c' && reader.Size == 0)
            {
                return frame.BadArgument("size", 1, "option 'c0' has no fixed size");
            }

            total += reader.Padding + reader.Size;
        }

        if (reader.Problem is { } wrong)
        {
            return reader.IsArgumentProblem ? frame.BadArgument("size", 1, wrong) : frame.Fail(wrong);
        }

        frame.Push(total);
        return 1;
    }

    // A missing argument is nil to it.
    private static int WrongType(in LuaFrame frame, int argument, string expected) => frame.BadArgument(
        "pack", argument,
        $"{expected} expected, got {(argument > frame.Count ? "nil" : frame.TypeName(argument))}");

    private static void Integer(List<byte> result, ulong value, int size, bool isLittle)
    {
        int start = result.Count;
        for (int i = 0; i < size; i++)
        {
            result.Add(i < 8 ? (byte)(value >> (8 * i)) : (byte)0);
        }

        if (!isLittle)
        {
            result.Reverse(start, size);
        }
    }

    private static ulong Take(ReadOnlySpan<byte> bytes, bool isLittle, ReadOnlySpan<byte> all = default)
    {
        bytes = all.IsEmpty || isLittle ? bytes : all[^8..];
        ulong value = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            value = (value << 8) | bytes[isLittle ? bytes.Length - 1 - i : i];
        }

        return value;
    }
}
