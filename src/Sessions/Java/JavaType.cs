namespace SessionGateway.Sessions.Java;

/// <summary>Descriptions of the JDK classes that values are written as: names, serialVersionUIDs, flags and fields of
/// Java 8 to 21.</summary>
internal sealed record JavaType(string Name, ulong Uid, byte Flags,
    (char Type, string Name, string? Signature)[] Fields, JavaType? Super = null)
{
    private const byte Serializable = JavaToken.FlagSerializable;
    private const byte Custom = JavaToken.FlagSerializable | JavaToken.FlagWriteMethod;

    public static readonly JavaType Number = new("java.lang.Number", 0x86ac951d0b94e08b, Serializable, []);
    public static readonly JavaType Integer = new("java.lang.Integer", 0x12e2a0a4f7818738, Serializable,
        [('I', "value", null)], Number);
    public static readonly JavaType Long = new("java.lang.Long", 0x3b8be490cc8f23df, Serializable,
        [('J', "value", null)], Number);
    public static readonly JavaType Short = new("java.lang.Short", 0x684d37133460da52, Serializable,
        [('S', "value", null)], Number);
    public static readonly JavaType Byte = new("java.lang.Byte", 0x9c4e6084ee50f51c, Serializable,
        [('B', "value", null)], Number);
    public static readonly JavaType Float = new("java.lang.Float", 0xdaedc9a2db3cf0ec, Serializable,
        [('F', "value", null)], Number);
    public static readonly JavaType Double = new("java.lang.Double", 0x80b3c24a296bfb04, Serializable,
        [('D', "value", null)], Number);
    public static readonly JavaType Boolean = new("java.lang.Boolean", 0xcd207280d59cfaee, Serializable,
        [('Z', "value", null)]);
    public static readonly JavaType Character = new("java.lang.Character", 0x348b47d96b1a2678, Serializable,
        [('C', "value", null)]);

    public static readonly JavaType ArrayList = new("java.util.ArrayList", 0x7881d21d99c7619d, Custom,
        [('I', "size", null)]);
    public static readonly JavaType LinkedList = new("java.util.LinkedList", 0x0c29535d4a608822, Custom, []);
    public static readonly JavaType FixedList =
        new("java.util.Arrays$ArrayList", 0xd9a43cbecd8806d2, Serializable, [('[', "a", "[Ljava/lang/Object;")]);

    public static readonly JavaType EmptyList = new("java.util.Collections$EmptyList", 0x7ab817b43ca79ede, Serializable,
        []);
    public static readonly JavaType Immutable = new("java.util.CollSer", 0x578eabb63a1ba811, Custom,
        [('I', "tag", null)]);

    public static readonly JavaType HashMap =
        new("java.util.HashMap", 0x0507dac1c31660d1, Custom, [('F', "loadFactor", null), ('I', "threshold", null)]);

    public static readonly JavaType LinkedHashMap =
        new("java.util.LinkedHashMap", 0x34c04e5c106cc0fb, Serializable, [('Z', "accessOrder", null)], HashMap);

    public static readonly JavaType TreeMap =
        new("java.util.TreeMap", 0x0cc1f63e2d256ae6, Custom, [('L', "comparator", "Ljava/util/Comparator;")]);

    // Its three fields exist for Java 5 to 7 only and may be missing.
    public static readonly JavaType ConcurrentHashMap =
        new("java.util.concurrent.ConcurrentHashMap", 0x6499de129d87293d, Custom, []);

    public static readonly JavaType Hashtable =
        new("java.util.Hashtable", 0x13bb0f25214ae4b8, Custom, [('F', "loadFactor", null), ('I', "threshold", null)]);

    public static readonly JavaType HashSet = new("java.util.HashSet", 0xba44859596b8b734, Custom, []);
    public static readonly JavaType LinkedHashSet = new("java.util.LinkedHashSet", 0xd86cd75a95dd2a1e, Serializable, [],
        HashSet);
    public static readonly JavaType TreeSet = new("java.util.TreeSet", 0xdd98509395ed875b, Custom, []);

    public static readonly JavaType Date = new("java.util.Date", 0x686a81014b597419, Custom, []);
    public static readonly JavaType Uuid =
        new("java.util.UUID", 0xbc9903f7986d852f, Serializable,
            [('J', "leastSigBits", null), ('J', "mostSigBits", null)]);

    public static readonly JavaType BigInteger = new(
        "java.math.BigInteger",
        0x8cfc9f1fa93bfb1d,
        Custom,
        [
            ('I', "bitCount", null), ('I', "bitLength", null), ('I', "firstNonzeroByteNum", null),
            ('I', "lowestSetBit", null),
            ('I', "signum", null), ('[', "magnitude", "[B"),
        ],
        Number);

    public static readonly JavaType BigDecimal = new(
        "java.math.BigDecimal", 0x54c71557f981284f, Custom,
        [('I', "scale", null), ('L', "intVal", "Ljava/math/BigInteger;")], Number);

    public static readonly JavaType Bytes = new("[B", 0xacf317f8060854e0, Serializable, []);
    public static readonly JavaType Objects = new("[Ljava.lang.Object;", 0x90ce589f1073296c, Serializable, []);
    public static readonly JavaType Strings = new("[Ljava.lang.String;", 0xadd256e7e91d7b47, Serializable, []);
    public static readonly JavaType Ints = new("[I", 0x4dba602676eab2a5, Serializable, []);
    public static readonly JavaType Longs = new("[J", 0x782004b512b17593, Serializable, []);
    public static readonly JavaType Doubles = new("[D", 0x3ea68c14ab635a1e, Serializable, []);
    public static readonly JavaType Booleans = new("[Z", 0x578f203914b85de2, Serializable, []);

    /// <summary>The hint of an array class; None for one whose arrays are kept as objects.</summary>
    public static SessionHint ArrayHint(string name) => name switch
    {
        "[Ljava.lang.Object;" => SessionHint.ObjectArray,
        "[Ljava.lang.String;" => SessionHint.StringArray,
        "[I" => SessionHint.Int32Array,
        "[J" => SessionHint.Int64Array,
        "[D" => SessionHint.DoubleArray,
        "[Z" => SessionHint.BooleanArray,
        _ => SessionHint.None,
    };
}
