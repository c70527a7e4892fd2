namespace SessionGateway.Replication.Pair;

/// <summary>What a node of a pair is. The numbers are in the state file.</summary>
public enum PairRole : byte
{
    /// <summary>Has no data, data of unknown age, or data that another node may have outlived: serves nobody, and
    /// answers Sentinel's PING with an error that counts as silence, so that the other node is promoted.</summary>
    Joining = 0,

    /// <summary>Has what the primary has, and may be promoted while its lease runs.</summary>
    Backup = 1,

    /// <summary>Shows itself as master. It serves clients only while it also acts: a promoted node waits until it is
    /// known that no other one acts.</summary>
    Primary = 2,

    /// <summary>Was primary and knows that it is one no more.</summary>
    Fenced = 3,
}
