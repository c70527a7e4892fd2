namespace SessionGateway.Store;

/// <summary>What a look for a key of one type finds.</summary>
public enum Lookup : byte
{
    /// <summary>A live item of the type; with a name below it, that one too.</summary>
    Found,

    /// <summary>No live item, or nothing of the name in it.</summary>
    Absent,

    /// <summary>A live item of another type.</summary>
    WrongType,
}
