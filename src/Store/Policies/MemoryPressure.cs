namespace SessionGateway.Store.Policies;

/// <summary>How full the memory is.</summary>
public enum MemoryPressure
{
    /// <summary>Below 75 % of the limit.</summary>
    Normal,

    /// <summary>From 75 %: time to look.</summary>
    High,

    /// <summary>From 90 %: writes will soon be refused or items lost.</summary>
    Critical,
}
