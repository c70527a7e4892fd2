namespace SessionGateway.Simulation.Model;

/// <summary>Faults that a run may contain.</summary>
[Flags]
internal enum Faults
{
    None = 0,

    /// <summary>Directions are cut, until they are repaired.</summary>
    Cut = 1,

    /// <summary>A node is frozen while its clocks go on.</summary>
    Freeze = 2,

    /// <summary>A node and its monotonic clock are frozen.</summary>
    Suspend = 4,

    /// <summary>A node crashes and may restart with its disk.</summary>
    Crash = 8,

    /// <summary>A node crashes and restarts with an empty disk.</summary>
    DiskLoss = 16,

    /// <summary>An operator has a Sentinel fail over without votes.</summary>
    Forced = 32,

    All = 63,
}
