using System.Text;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Arguments as Lua 5.1's libraries take them.</summary>
internal static class LuaArguments
{
    /// <summary>A string, or a number as text. False for others.</summary>
    public static bool TryText(this in LuaFrame frame, int index, out ReadOnlySpan<byte> text)
    {
        switch (frame.TypeOf(index))
        {
            case LuaType.String:
                text = frame.Bytes(index);
                return true;
            case LuaType.Number:
                text = Encoding.Latin1.GetBytes(LuaNumber.Format(frame.Number(index), LuaNumber.TextDigits));
                return true;
            default:
                text = default;
                return false;
        }
    }

    /// <summary>A number, or a string that is one.</summary>
    public static bool TryNumber(this in LuaFrame frame, int index, out double number)
    {
        switch (frame.TypeOf(index))
        {
            case LuaType.Number:
                number = frame.Number(index);
                return true;
            case LuaType.String:
                return LuaNumber.TryParse(frame.Bytes(index), out number);
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>A number, or the one that stands for a missing argument.</summary>
    public static bool TryNumber(this in LuaFrame frame, int index, double otherwise, out double number)
    {
        if (frame.TypeOf(index) is LuaType.None or LuaType.Nil)
        {
            number = otherwise;
            return true;
        }

        return frame.TryNumber(index, out number);
    }

    /// <summary>As C converts on x86-64: what does not fit is the smallest number.</summary>
    public static long ToInt64(double number) =>
        number is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)number : long.MinValue;

    /// <summary>A place in a string, counted from 1, or from its end when negative.</summary>
    public static long Place(double position, int length)
    {
        long place = ToInt64(position);
        place = place < 0 ? place + length + 1 : place;
        return Math.Max(place, 0);
    }
}
