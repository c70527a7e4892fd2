namespace SessionGateway.Sessions;

/// <summary>What a value of a session is. References and shared arrays are seen through: they have the kind of their
/// target.</summary>
public enum SessionKind : byte
{
    /// <summary>A declared but never initialised typed property of a PHP object; it is counted but has no
    /// value.</summary>
    Undefined,

    /// <summary>No value (PHP null, Java null, Python None).</summary>
    Null,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A signed 64-bit integer.</summary>
    Int64,

    /// <summary>An IEEE 754 double; every bit pattern is kept.</summary>
    Double,

    /// <summary>A byte string. It is text when it is valid UTF-8, see <see cref="SessionValue.IsText"/>.</summary>
    Bytes,

    /// <summary>An ordered map with integer or byte string keys; a list is a map with the keys 0 to n-1 in
    /// order.</summary>
    Map,

    /// <summary>An object as data: a class name with properties, an opaque payload or an enum case. Never
    /// instantiated.</summary>
    Object,
}
