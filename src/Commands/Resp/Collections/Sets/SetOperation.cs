namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>How sets are combined.</summary>
internal enum SetOperation
{
    /// <summary>What is in all of them.</summary>
    Intersection,

    /// <summary>What is in one of them.</summary>
    Union,

    /// <summary>What is in the first and in no other.</summary>
    Difference,
}
