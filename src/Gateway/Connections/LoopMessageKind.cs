namespace SessionGateway.Gateway.Connections;

/// <summary>What other threads ask of a loop.</summary>
internal enum LoopMessageKind
{
    /// <summary>Take over a new connection.</summary>
    Adopt,

    /// <summary>Open a connection to another server.</summary>
    Connect,

    /// <summary>The name of a connection to another server has been looked up.</summary>
    LookedUp,

    /// <summary>Deliver what waits in the connection's queue of pushes.</summary>
    Push,

    /// <summary>Send the replies that waited for a position that has been reached.</summary>
    Reached,

    /// <summary>Give a connection a turn: its feed has bytes.</summary>
    Feed,

    /// <summary>Do something on the loop's thread.</summary>
    Call,

    /// <summary>Run a connection's parked request again; the number is the token.</summary>
    Wake,

    /// <summary>Have a connection's parked request give up; the number is 1 when it is to answer with an
    /// error.</summary>
    Unblock,

    /// <summary>The primary is elsewhere, or not known any more: connections follow.</summary>
    PrimaryMoved,

    /// <summary>Close a connection.</summary>
    Kill,

    /// <summary>Close a connection because all together hold too much.</summary>
    Drop,

    /// <summary>Close a connection that was chosen to make room, unless it has logged in meanwhile.</summary>
    MakeRoom,

    /// <summary>Answer what has been received, then close all connections and stop.</summary>
    Drain,

    /// <summary>Close all connections and stop.</summary>
    Stop,
}
