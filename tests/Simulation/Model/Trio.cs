using System.Runtime.CompilerServices;

namespace SessionGateway.Simulation.Model;

/// <summary>Three Sentinels.</summary>
[InlineArray(Count)]
internal struct Trio
{
    public const int Count = 3;

    private SentinelModel _first;
}
