using System.Runtime.CompilerServices;
using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>Everything there is: two nodes, what they run on, three Sentinels, and what clients were told.</summary>
internal struct World
{
    public Pair Nodes;
    public Machines Machines;
    public Trio Sentinels;

    /// <summary>Which node is primary on the connection between the two, plus one; 0 when there is none.</summary>
    public int Connection;

    /// <summary>Directions that are cut, one bit each (<see cref="Cuts"/>).</summary>
    public int Cut;

    /// <summary>Faults that may still happen.</summary>
    public int Faults;

    /// <summary>Writes that were made.</summary>
    public int Writes;

    /// <summary>Writes that were acknowledged, as bits.</summary>
    public int Acked;

    /// <summary>Writes that were read, as bits.</summary>
    public int Read;

    /// <summary>PROMOTING is on its way.</summary>
    public bool PromotingFlies;

    /// <summary>HANDED-OVER is on its way.</summary>
    public bool HandedOverFlies;

    /// <summary>RENEW is on its way, with a base of this minus one.</summary>
    public int RenewFlies;

    /// <summary>The answer to the last RENEW is on its way.</summary>
    public bool EchoFlies;

    /// <summary>An acknowledgement of a position, plus one, is on its way.</summary>
    public int AckFlies;

    [InlineArray(2)]
    public struct Pair
    {
        private PairState _first;
    }
}
