namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>How sorted sets are combined.</summary>
internal enum ScoreOperation
{
    /// <summary>What is in one of them.</summary>
    Union,

    /// <summary>What is in all of them.</summary>
    Intersection,

    /// <summary>What is in the first and in no other.</summary>
    Difference,
}
