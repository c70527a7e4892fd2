using System.Runtime.CompilerServices;

namespace SessionGateway.Replication.Pair;

/// <summary>What a node has heard of each Sentinel, by the number that it gave them.</summary>
[InlineArray(Most)]
public struct SentinelViews
{
    /// <summary>The most Sentinels of a pair; seven outlive three.</summary>
    public const int Most = 7;

    private SentinelView _first;
}
