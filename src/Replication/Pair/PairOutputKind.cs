namespace SessionGateway.Replication.Pair;

/// <summary>What a node of a pair has done by whoever runs it.</summary>
public enum PairOutputKind : byte
{
    /// <summary>Has the log on the disk, all that was written so far; the next output waits for it.</summary>
    SyncLog,

    /// <summary>Has the state file on the disk; the next output waits for it.</summary>
    Persist,

    /// <summary>Releases replies up to a position; what is behind it stays held and invisible.</summary>
    Release,

    /// <summary>Closes clients' connections after the reply they are at: they have to look for the primary
    /// again.</summary>
    CloseClients,

    /// <summary>Closes the replication link.</summary>
    CloseLink,

    /// <summary>Connects to the other node, to follow it.</summary>
    Connect,

    /// <summary>Closes the Sentinels' connections: what comes over new ones was said after now. Connections that wait
    /// to be accepted belong to those that are closed.</summary>
    AskSentinels,

    /// <summary>Sends Renew of a number, a base, and the last number that was granted.</summary>
    SendRenew,

    /// <summary>Sends Echo of a number and an epoch.</summary>
    SendEcho,

    /// <summary>Sends Promoting.</summary>
    SendPromoting,

    /// <summary>Sends the rest of the log, then HandedOver of a position.</summary>
    SendHandedOver,

    /// <summary>Sends Dropped.</summary>
    SendDropped,

    /// <summary>SLAVEOF is answered OK.</summary>
    Accept,

    /// <summary>SLAVEOF is answered with an error.</summary>
    Refuse,

    /// <summary>PING is answered PONG.</summary>
    Pong,

    /// <summary>PING is answered -NOTREADY.</summary>
    NotReady,

    /// <summary>The members, the role, or whether clients are served changed: log, metrics.</summary>
    Changed,
}
