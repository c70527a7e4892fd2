namespace SessionGateway.Simulation.Model;

/// <summary>What a machine does.</summary>
internal enum MachineStatus
{
    Up,

    /// <summary>Frozen; its clocks go on.</summary>
    Frozen,

    /// <summary>Frozen, and its monotonic clock with it.</summary>
    Suspended,

    /// <summary>Crashed.</summary>
    Down,
}
