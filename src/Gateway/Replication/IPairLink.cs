using SessionGateway.Commands;
using SessionGateway.Replication.Link;

namespace SessionGateway.Gateway.Replication;

/// <summary>What the links of a node of a pair tell it; from any thread, never waits.</summary>
internal interface IPairLink
{
    /// <summary>This node is primary and acts: items that end end here.</summary>
    bool Leads { get; }

    /// <summary>INFO and ROLE say master.</summary>
    bool ShowsMaster { get; }

    /// <summary>Sentinel may promote it.</summary>
    bool CanPromote { get; }

    /// <summary>Nothing may be written: it is alone, and alone nothing is acknowledged.</summary>
    bool RefusesWrites { get; }

    /// <summary>A replica is the backup.</summary>
    bool IsBackup(ReplicaPeer peer);

    /// <summary>The other node's address; empty: not known.</summary>
    string Peer { get; }

    /// <summary>How this node introduces itself over a new connection to its primary.</summary>
    /// <param name="link">Number of the connection.</param>
    PairGreeting Greet(ulong link);

    /// <summary>This node has all that its primary had when it attached.</summary>
    /// <param name="link">Number of the connection.</param>
    /// <param name="epoch">The primary's config epoch.</param>
    /// <param name="name">Name of its pair.</param>
    void OnAttached(ulong link, long epoch, string name);

    /// <summary>The primary says something over a connection that is attached.</summary>
    void OnMessage(in PairMessage message);

    /// <summary>The connection to the primary is gone.</summary>
    void OnDown(ulong link);

    /// <summary>The backup of this node has acknowledged.</summary>
    void OnAcknowledged(ReplicaPeer peer);

    /// <summary>Its connection is gone.</summary>
    void OnGone(ReplicaPeer peer);
}
