using System.Globalization;

namespace SessionGateway.CompatTests.Wire.Dialects;

/// <summary>Names of the binary protocol's opcodes (memcached 1.6 protocol_binary.h), as used in .wire files.</summary>
internal static class BinaryOpcodes
{
    // Index = opcode.
    private static readonly string[] Names =
    [
        "get", "set", "add", "replace", "delete", "increment", "decrement", "quit",
        "flush", "getq", "noop", "version", "getk", "getkq", "append", "prepend",
        "stat", "setq", "addq", "replaceq", "deleteq", "incrementq", "decrementq", "quitq",
        "flushq", "appendq", "prependq", "verbosity", "touch", "gat", "gatq", "0x1f",
        "sasl_list", "sasl_auth", "sasl_step", "gatk", "gatkq",
    ];

    public static byte Parse(string name)
    {
        int opcode = Array.IndexOf(Names, name);
        if (opcode >= 0)
            return (byte)opcode;
        return name.StartsWith("0x", StringComparison.Ordinal)
            ? byte.Parse(name.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : throw new FormatException($"unknown opcode {name}");
    }

    public static string Print(byte opcode) => opcode < Names.Length ? Names[opcode] : $"0x{opcode:x2}";

    /// <summary>Which extras a request carries by default, as a list of .wire field names.</summary>
    public static string[] Extras(byte opcode) => Print(opcode).TrimEnd('q') switch
    {
        "set" or "add" or "replace" => ["flags", "exp"],
        "increment" or "decrement" => ["delta", "initial", "exp"],
        "touch" or "gat" or "gatk" => ["exp"],
        _ => [],
    };
}
