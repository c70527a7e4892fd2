namespace SessionGateway.Simulation.Model;

/// <summary>What a Sentinel does.</summary>
internal enum SentinelPhase
{
    Watching,

    /// <summary>Asks for votes.</summary>
    Candidate,

    /// <summary>Promotes the other node.</summary>
    Leader,
}
