namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>Kinds of a stored node: those of <see cref="SessionKind"/>, then the two that point at a box.</summary>
internal enum NodeKind : byte
{
    Undefined = SessionKind.Undefined,
    Null = SessionKind.Null,
    Boolean = SessionKind.Boolean,
    Int64 = SessionKind.Int64,
    Double = SessionKind.Double,
    Bytes = SessionKind.Bytes,
    Map = SessionKind.Map,

    /// <summary>Value is the index of the object's record, a node of kind <see cref="Record"/>.</summary>
    Object = SessionKind.Object,

    /// <summary>A PHP reference: Value is the index of the box that all positions of the reference share.</summary>
    Reference,

    /// <summary>An array that several positions share until one is written: Value is the index of the box.</summary>
    SharedMap,

    /// <summary>An object's record: Key is the class name, Value the list of properties, or the range of payload or
    /// case.</summary>
    Record,
}
