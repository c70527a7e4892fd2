namespace SessionGateway.Store.Policies;

/// <summary>How full the memory is.</summary>
public enum MemoryPressure
{
    /// <summary>Below the first mark: <see cref="PressureMarks.HighPercent"/>.</summary>
    Normal,

    /// <summary>From the first mark: time to look.</summary>
    High,

    /// <summary>From the second mark: writes will soon be refused or items lost.</summary>
    Critical,
}
