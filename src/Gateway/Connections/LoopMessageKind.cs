namespace SessionGateway.Gateway.Connections;

/// <summary>What other threads ask of a loop.</summary>
internal enum LoopMessageKind
{
    /// <summary>Take over a new connection.</summary>
    Adopt,

    /// <summary>Deliver what waits in the connection's queue of pushes.</summary>
    Push,

    /// <summary>End the hold of a connection.</summary>
    Release,

    /// <summary>Close a connection.</summary>
    Kill,

    /// <summary>Close a connection because all together hold too much.</summary>
    Drop,

    /// <summary>Close the oldest connection that has not logged in, if there still are too many.</summary>
    MakeRoom,

    /// <summary>Answer what has been received, then close all connections and stop.</summary>
    Drain,

    /// <summary>Close all connections and stop.</summary>
    Stop,
}
