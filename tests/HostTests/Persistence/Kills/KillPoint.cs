namespace SessionGateway.HostTests.Persistence.Kills;

/// <summary>In the middle of what the process is killed.</summary>
internal enum KillPoint
{
    /// <summary>Writes.</summary>
    Writes,

    /// <summary>A state of all items is being told into the log.</summary>
    State,

    /// <summary>The log has just gone on in its next segment.</summary>
    NextSegment,

    /// <summary>Segments that a state made needless are being removed.</summary>
    Removal,

    /// <summary>The log of a process that was killed is being read.</summary>
    Recovery,
}
