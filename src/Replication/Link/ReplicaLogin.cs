namespace SessionGateway.Replication.Link;

/// <summary>What a replica tells its primary of itself.</summary>
public sealed record ReplicaLogin
{
    /// <summary>User, empty for a password alone.</summary>
    public string User { get; init; } = "";

    /// <summary>Password; empty: none is sent.</summary>
    public string Password { get; init; } = "";

    /// <summary>The port that clients use here.</summary>
    public int ListeningPort { get; init; }

    /// <summary>It is a node of a pair, and so is the primary; null: it is none.</summary>
    public PairGreeting? Pair { get; init; }
}
