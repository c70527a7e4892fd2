using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>The library <c>bit</c> of LuaJIT (BitOp 1.0): numbers of 32 bits with a sign.</summary>
internal sealed class BitLibrary : ILuaLibrary
{
    // Adding it leaves the lower 32 bits of a double's whole part in its mantissa, rounded to even.
    private const double Magic = 6755399441055744.0;

    public string? Name => null;

    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
    [
        ("bit.tobit", f => Fold(f, "tobit", (a, _) => a, most: 1)),
        ("bit.bnot", f => Fold(f, "bnot", (a, _) => ~a, most: 1, seed: true)),
        ("bit.bswap", f => Fold(f, "bswap", (a, _) => BinaryPrimitives.ReverseEndianness(a), most: 1, seed: true)),
        ("bit.band", f => Fold(f, "band", (a, b) => a & b)),
        ("bit.bor", f => Fold(f, "bor", (a, b) => a | b)),
        ("bit.bxor", f => Fold(f, "bxor", (a, b) => a ^ b)),
        ("bit.lshift", f => Shift(f, "lshift", (a, n) => a << n)),
        ("bit.rshift", f => Shift(f, "rshift", (a, n) => a >>> n)),
        ("bit.arshift", f => Shift(f, "arshift", (a, n) => a >> n)),
        ("bit.rol", f => Shift(f, "rol", (a, n) => (int)BitOperations.RotateLeft((uint)a, n))),
        ("bit.ror", f => Shift(f, "ror", (a, n) => (int)BitOperations.RotateRight((uint)a, n))),
        ("bit.tohex", ToHex),
    ];

    private static int ToBits(double number) => (int)(uint)BitConverter.DoubleToUInt64Bits(number + Magic);

    private static int Fold(LuaFrame frame, string name, Func<int, int, int> operate, int most = int.MaxValue,
        bool seed = false)
    {
        int result = 0;
        int count = Math.Max(Math.Min(frame.Count, most), 1);
        for (int i = 1; i <= count; i++)
        {
            if (!frame.TryNumber(i, out double number))
            {
                return frame.WrongType(name, i, "number");
            }

            int bits = ToBits(number);
            result = i == 1 ? (seed ? operate(bits, 0) : bits) : operate(result, bits);
        }

        frame.Push(result);
        return 1;
    }

    private static int Shift(LuaFrame frame, string name, Func<int, int, int> operate)
    {
        if (!frame.TryNumber(1, out double number))
        {
            return frame.WrongType(name, 1, "number");
        }

        if (!frame.TryNumber(2, out double distance))
        {
            return frame.WrongType(name, 2, "number");
        }

        frame.Push(operate(ToBits(number), ToBits(distance) & 31));
        return 1;
    }

    private static int ToHex(LuaFrame frame)
    {
        if (!frame.TryNumber(1, out double number))
        {
            return frame.WrongType("tohex", 1, "number");
        }

        if (!frame.TryNumber(2, 8, out double digits))
        {
            return frame.WrongType("tohex", 2, "number");
        }

        int count = ToBits(digits);
        bool isUpper = count < 0;
        count = (int)Math.Min(Math.Abs((long)count), 8);
        string text = ToBits(number).ToString(isUpper ? "X8" : "x8", CultureInfo.InvariantCulture);
        frame.Push(text[(8 - count)..]);
        return 1;
    }
}
