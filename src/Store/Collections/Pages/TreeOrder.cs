namespace SessionGateway.Store.Collections.Pages;

/// <summary>How the leaves of a tree follow each other.</summary>
internal enum TreeOrder : byte
{
    /// <summary>By a seeded hash of the entries' names; within a leaf in no order.</summary>
    Hash,

    /// <summary>By score, then by member.</summary>
    Score,

    /// <summary>As they were put there.</summary>
    Position,
}
