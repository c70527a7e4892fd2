using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>Functions of <c>math</c> (lmathlib.c), with Redis' own random numbers.</summary>
internal sealed class MathLibrary(int seed) : ILuaLibrary
{
    private const int RandomRange = int.MaxValue;

    private Drand48 _random = new(seed);

    public string? Name => null;

    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
    [
        One("abs", Math.Abs), One("acos", Math.Acos), One("asin", Math.Asin), One("atan", Math.Atan), One("ceil",
            Math.Ceiling),
        One("cos", Math.Cos), One("cosh", Math.Cosh), One("exp", Math.Exp), One("floor", Math.Floor), One("log",
            Math.Log),
        One("log10", Math.Log10), One("sin", Math.Sin), One("sinh", Math.Sinh), One("sqrt", Math.Sqrt), One("tan",
            Math.Tan),
        One("tanh", Math.Tanh), One("deg", x => x / (Math.PI / 180.0)), One("rad", x => x * (Math.PI / 180.0)),
        Two("atan2", Math.Atan2), Two("fmod", (x, y) => x % y), Two("pow", Math.Pow),
        Two("ldexp", (x, e) => Math.ScaleB(x, (int)Math.Clamp(e, -100000, 100000))),
        ("math.frexp", Frexp), ("math.modf", Modf), ("math.max", f => Extreme(f, "max", (a, b) => a > b)),
        ("math.min", f => Extreme(f, "min", (a, b) => a < b)), ("math.random", NextRandom), ("math.randomseed", Seed),
    ];

    private static (string, LuaFunction) One(string name, Func<double, double> function) => ($"math.{name}", frame =>
    {
        if (!frame.TryNumber(1, out double x))
        {
            return frame.WrongType(name, 1, "number");
        }

        frame.Push(function(x));
        return 1;
    });

    private static (string, LuaFunction) Two(string name, Func<double, double, double> function) => ($"math.{name}",
        frame =>
    {
        if (!frame.TryNumber(1, out double x))
        {
            return frame.WrongType(name, 1, "number");
        }

        if (!frame.TryNumber(2, out double y))
        {
            return frame.WrongType(name, 2, "number");
        }

        frame.Push(function(x, y));
        return 1;
    });

    private static int Frexp(LuaFrame frame)
    {
        if (!frame.TryNumber(1, out double x))
        {
            return frame.WrongType("frexp", 1, "number");
        }

        int exponent = x == 0 || !double.IsFinite(x) ? 0 : Math.ILogB(x) + 1;
        frame.Push(Math.ScaleB(x, -exponent));
        frame.Push(exponent);
        return 2;
    }

    private static int Modf(LuaFrame frame)
    {
        if (!frame.TryNumber(1, out double x))
        {
            return frame.WrongType("modf", 1, "number");
        }

        double whole = Math.Truncate(x);
        frame.Push(whole);
        frame.Push(double.IsInfinity(x) ? Math.CopySign(0, x) : Math.CopySign(x - whole, x));
        return 2;
    }

    private static int Extreme(LuaFrame frame, string name, Func<double, double, bool> isBetter)
    {
        if (!frame.TryNumber(1, out double best))
        {
            return frame.WrongType(name, 1, "number");
        }

        int count = frame.Count;
        frame.State.Spend(count / 50, frame);
        for (int i = 2; i <= count; i++)
        {
            if (!frame.TryNumber(i, out double other))
            {
                return frame.WrongType(name, i, "number");
            }

            best = isBetter(other, best) ? other : best;
        }

        frame.Push(best);
        return 1;
    }

    private int NextRandom(LuaFrame frame)
    {
        double random = _random.Next() % RandomRange / (double)RandomRange;
        double low = 1;
        double high = 0;
        switch (frame.Count)
        {
            case 0:
                frame.Push(random);
                return 1;
            case 1:
                if (!frame.TryNumber(1, out high))
                {
                    return frame.WrongType("random", 1, "number");
                }

                break;
            case 2:
                if (!frame.TryNumber(1, out low))
                {
                    return frame.WrongType("random", 1, "number");
                }

                if (!frame.TryNumber(2, out high))
                {
                    return frame.WrongType("random", 2, "number");
                }

                break;
            default:
                return frame.Fail("wrong number of arguments");
        }

        int from = (int)LuaArguments.ToInt64(low);
        int to = (int)LuaArguments.ToInt64(high);
        if (from > to)
        {
            return frame.BadArgument("random", frame.Count, "interval is empty");
        }

        frame.Push(Math.Floor(random * unchecked(to - from + 1)) + from);
        return 1;
    }

    private int Seed(LuaFrame frame)
    {
        if (!frame.TryNumber(1, out double seed))
        {
            return frame.WrongType("randomseed", 1, "number");
        }

        _random = new Drand48((int)LuaArguments.ToInt64(seed));
        return 0;
    }
}
