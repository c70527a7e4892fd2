namespace SessionGateway.Sessions;

/// <summary>
/// What the writing stack called the value more exactly than <see cref="SessionKind"/> does, so that writing it back in
/// the same format gives the same type. Formats without the distinction ignore it.
/// </summary>
public enum SessionHint : byte
{
    /// <summary>Nothing is known beyond the kind.</summary>
    None,

    /// <summary>A 64-bit integer type (Java Long) even where the number is small.</summary>
    Int64,

    /// <summary>A 32-bit integer type (Java Integer).</summary>
    Int32,

    /// <summary>A 16-bit integer type (Java Short).</summary>
    Int16,

    /// <summary>An 8-bit integer type (Java Byte).</summary>
    Int8,

    /// <summary>A single precision float (Java Float, MessagePack float 32).</summary>
    Float32,

    /// <summary>Bytes that are not meant as text (Java byte[], Python bytes, MessagePack bin), even where they are
    /// valid UTF-8.</summary>
    Binary,

    /// <summary>Text although it is not valid UTF-8: a Java string with half of a surrogate pair in it, that half as
    /// three bytes.</summary>
    Text,

    /// <summary>Text of one UTF-16 unit (Java Character).</summary>
    Character,

    /// <summary>Decimal text of a number without a size limit (Java BigInteger, Python long).</summary>
    BigInteger,

    /// <summary>Decimal text with a scale (Java BigDecimal).</summary>
    BigDecimal,

    /// <summary>Text of a UUID (Java UUID).</summary>
    Uuid,

    /// <summary>Text of an instant in UTC, ISO 8601 with milliseconds (Java Date).</summary>
    Instant,

    /// <summary>The map is a list even when empty (JSON array, Java ArrayList, Python list).</summary>
    List,

    /// <summary>The map is a dictionary even when empty or numbered (JSON object, Java LinkedHashMap, Python
    /// dict).</summary>
    Dictionary,

    /// <summary>A Python tuple.</summary>
    Tuple,

    /// <summary>A Java LinkedList.</summary>
    LinkedList,

    /// <summary>What Java's Arrays.asList gives.</summary>
    FixedList,

    /// <summary>Java's Collections.emptyList().</summary>
    EmptyList,

    /// <summary>What Java's List.of gives.</summary>
    ImmutableList,

    /// <summary>What Java's Set.of gives, kept as a list.</summary>
    ImmutableSet,

    /// <summary>What Java's Map.of gives.</summary>
    ImmutableMap,

    /// <summary>A Java Object[].</summary>
    ObjectArray,

    /// <summary>A Java String[].</summary>
    StringArray,

    /// <summary>A Java int[].</summary>
    Int32Array,

    /// <summary>A Java long[].</summary>
    Int64Array,

    /// <summary>A Java double[].</summary>
    DoubleArray,

    /// <summary>A Java boolean[].</summary>
    BooleanArray,

    /// <summary>A set without order (Java HashSet, Python set), kept as a list.</summary>
    HashSet,

    /// <summary>A Java LinkedHashSet, kept as a list.</summary>
    LinkedHashSet,

    /// <summary>A Java TreeSet in natural order, kept as a list.</summary>
    TreeSet,

    /// <summary>A Java HashMap.</summary>
    HashMap,

    /// <summary>A Java TreeMap in natural order.</summary>
    TreeMap,

    /// <summary>A Java ConcurrentHashMap.</summary>
    ConcurrentHashMap,

    /// <summary>A Java Hashtable.</summary>
    Hashtable,

    /// <summary>Part of an object of a Java class with its own writeObject method: the data that method
    /// wrote.</summary>
    CustomData,
}
