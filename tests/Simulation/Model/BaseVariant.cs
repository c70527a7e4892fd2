namespace SessionGateway.Simulation.Model;

/// <summary>Earlier forms of the rule R6, which the model refutes.</summary>
internal enum BaseVariant
{
    /// <summary>The rule as it is.</summary>
    Agreed,

    /// <summary>A Sentinel's current epoch has to be the primary's config epoch.</summary>
    ConfigEpoch,

    /// <summary>It must not be above what the primary had heard of that Sentinel when the backup last
    /// acknowledged.</summary>
    PerSentinel,
}
