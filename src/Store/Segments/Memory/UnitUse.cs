namespace SessionGateway.Store.Segments.Memory;

/// <summary>What a unit is used for.</summary>
internal enum UnitUse : byte
{
    /// <summary>Nothing; no page is resident.</summary>
    Free = 0,

    /// <summary>Nothing, but its pages are still resident.</summary>
    Dirty,

    /// <summary>Buckets of an index.</summary>
    Index,

    /// <summary>A segment that takes new records.</summary>
    Open,

    /// <summary>A segment that takes no more.</summary>
    Sealed,

    /// <summary>First unit of a run that holds one record.</summary>
    Large,

    /// <summary>Further unit of such a run.</summary>
    LargeRest,
}
