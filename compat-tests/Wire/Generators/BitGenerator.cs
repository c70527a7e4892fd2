namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>Bits and parts of strings.</summary>
internal sealed class BitGenerator : CollectionGenerator
{
    protected override string Letter => "b";

    protected override string[] Verbs =>
    [
        "GETBIT", "SETBIT", "BITCOUNT", "BITPOS", "BITOP", "BITFIELD", "BITFIELD_RO", "SETRANGE", "GETRANGE", "SUBSTR",
        "INCRBYFLOAT", "STRLEN", "APPEND", "MSETNX",
    ];

    public override string Next(Random random) => "> " + random.Weighted(
        (6, () => $"SETBIT {Key(random)} {Offset(random)} {random.Of("0", "1", "1", "2", "x")}"),
        (3, () => $"GETBIT {Key(random)} {Offset(random)}"),
        (4, () => $"BITCOUNT {Key(random)}{Range(random)}"),
        (4, () => $"BITPOS {Key(random)} {random.Of("0", "1", "1", "0", "2", "x")}{Range(random)}"),
        (6, () => $"BITOP {random.Of("AND", "or", "XOR", "NOT", "NAND")} {Key(random)} {Several(random, Key)}"),
        (10, () => $"BITFIELD {Key(random)} {Several(random, Field, 6)}"),
        (4, () => $"BITFIELD_RO {Key(random)} {Several(random, Get)}"),
        (1, () => $"BITFIELD{random.Of("", "_RO")} {Key(random)}"),
        (1, () => $"BITFIELD_RO {Key(random)} {Field(random)}"),
        (5, () => $"SET {Key(random)} {Value(random)}"),
        (4, () => $"SETRANGE {Key(random)} {random.Of("0", "1", "5", "40", "-1", "x", "536870912")} {Value(random)}"),
        (4, () => $"{random.Of("GETRANGE", "SUBSTR")} {Key(random)} {Integer(random)} {Integer(random)}"),
        (3, () => $"INCRBYFLOAT {Key(random)} {Float(random)}"),
        (2, () => $"MSETNX {Key(random)} {Value(random)} {Key(random)} {Value(random)}"),
        (2, () => $"APPEND {Key(random)} {Value(random)}"),
        (3, () => $"GET {Key(random)}"),
        (3, () => Common(random)));

    private static string Field(Random random) => random.Weighted(
        (4, () => Get(random)),
        (4, () => $"SET {Type(random)} {Place(random)} {Number(random)}"),
        (4, () => $"INCRBY {Type(random)} {Place(random)} {Number(random)}"),
        (3, () => $"OVERFLOW {random.Of("WRAP", "SAT", "FAIL", "fail", "sat", "wrap", "x")}"),
        (1, () => random.Of("GET", "SET u8", "FOO u8 1", "INCRBY u8 1")));

    private static string Get(Random random) => $"{random.Of("GET", "get")} {Type(random)} {Place(random)}";

    private static string Type(Random random) => random.OneIn(20)
        ? random.Of("u64", "i65", "u0", "i0", "x8", "u", "i", "\"\"", "8")
        : $"{random.Of("u", "i")}{random.Of(1, 2, 3, 5, 8, 16, 31, 32, 33, 63)}";

    private static string Place(Random random) => random.OneIn(20)
        ? random.Of("-1", "x", "#", "#-1", "4294967296", "#4294967296", "9223372036854775807", "\"\"")
        : $"{random.Of("", "", "#")}{random.Of(0, 1, 3, 7, 8, 9, 20, 64, 100)}";

    private static string Number(Random random) => random.Of(
        "0", "1", "-1", "2", "7", "100", "255", "256", "-128", "-129", "65535", "2147483648", "-2147483649",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "x", "\"\"", "1.5");

    private static string Offset(Random random) => random.OneIn(12)
        ? random.Of("-1", "x", "4294967296", "\"\"") : $"{random.Of(0, 1, 7, 8, 9, 15, 33, 100, 500)}";

    private static string Range(Random random)
    {
        string range = "";
        for (int parts = random.Of(0, 0, 1, 2, 2, 2); parts > 0; parts--)
        {
            range += " " + random.Of("0", "1", "-1", "-2", "3", "10", "-100", "100", "x");
        }

        return range + random.Of("", "", "", " BIT", " BYTE", " bit", " FOO");
    }

    private static string Float(Random random) => random.Of(
        "1", "-1", "0.1", "1.5e3", "-0.25", "3.0", "1e400", "inf", "-inf", "nan", "x", "\"\"", "\" 1\"", "1e-10");

    private static string Value(Random random) => random.Next(6) switch
    {
        0 => "\"\"",
        1 => random.Of("0", "12", "-7", "1.5", "007"),
        2 => "{v*70}",
        3 => "\"\\xff\\xf0\\x00\"",
        4 => "\"\\x00\\x00\"",
        _ => "abc",
    };
}
