namespace SessionGateway.Sessions.Java;

/// <summary>How a container is written, which decides about its keys and what ends it.</summary>
internal enum JavaForm : byte
{
    /// <summary>The session's variables.</summary>
    Variables,

    /// <summary>Elements up to an end mark.</summary>
    List,

    /// <summary>Elements of a known number.</summary>
    Array,
    Ints,
    Longs,
    Doubles,
    Booleans,

    /// <summary>Keys and values up to an end mark; integer keys as text (from PHP) or as Integers (from
    /// Java).</summary>
    TextMap,
    Map,

    /// <summary>The same, then the field that LinkedHashMap adds to HashMap.</summary>
    LinkedTextMap,
    LinkedMap,

    /// <summary>Keys and values, two nulls, an end mark.</summary>
    ConcurrentMap,

    /// <summary>Fields and custom data of an object read from a stream.</summary>
    Object,

    /// <summary>Elements of an array read from a stream whose class has no hint.</summary>
    ForeignArray,

    /// <summary>Data that a class wrote itself.</summary>
    CustomData,
}
