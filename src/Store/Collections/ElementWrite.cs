namespace SessionGateway.Store.Collections;

/// <summary>Outcome of a write to a collection.</summary>
public enum ElementWrite
{
    /// <summary>The field, member or element is new.</summary>
    Added,

    /// <summary>It was there and has a new value or score now.</summary>
    Replaced,

    /// <summary>It was there just so; nothing changed.</summary>
    Unchanged,

    /// <summary>The index is outside of the list; nothing changed.</summary>
    OutOfRange,

    /// <summary>The key holds another type; nothing changed.</summary>
    WrongType,

    /// <summary>The memory limit does not allow it; nothing changed.</summary>
    OutOfMemory,
}
