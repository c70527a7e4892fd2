namespace SessionGateway.Store.Policies;

/// <summary>From which fill the memory counts as under pressure.</summary>
/// <param name="HighPercent">From here <see cref="MemoryPressure.High"/>.</param>
/// <param name="CriticalPercent">From here <see cref="MemoryPressure.Critical"/>.</param>
public readonly record struct PressureMarks(int HighPercent, int CriticalPercent)
{
    /// <summary>Marks of operators' habit: 75 and 90 of a hundred.</summary>
    public static PressureMarks Default { get; } = new(75, 90);

    /// <summary>The state with so many bytes in use of those that new items may take.</summary>
    public MemoryPressure Of(long usedBytes, long limitBytes)
    {
        double percent = usedBytes * 100.0 / limitBytes;
        return percent >= CriticalPercent ? MemoryPressure.Critical
            : percent >= HighPercent ? MemoryPressure.High
            : MemoryPressure.Normal;
    }
}
