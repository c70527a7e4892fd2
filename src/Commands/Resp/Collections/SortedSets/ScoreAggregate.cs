namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>What becomes of the scores of a member that is in several sets.</summary>
internal enum ScoreAggregate
{
    /// <summary>They are added.</summary>
    Sum,

    /// <summary>The least of them.</summary>
    Min,

    /// <summary>The greatest of them.</summary>
    Max,
}
