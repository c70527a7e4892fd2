namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>What the bounds of a range are.</summary>
internal enum RangeKind
{
    /// <summary>Not said yet.</summary>
    Open,

    /// <summary>Ranks.</summary>
    Rank,

    /// <summary>Scores.</summary>
    Score,

    /// <summary>Members.</summary>
    Lex,
}
