namespace SessionGateway.Simulation.Model;

/// <summary>A stock Sentinel, as far as the pair is concerned (sentinel.c of Redis 7.0).</summary>
internal struct SentinelModel
{
    /// <summary>Its current epoch.</summary>
    public int Current;

    /// <summary>Config epoch of the pair.</summary>
    public int Config;

    /// <summary>Which node it takes for the primary.</summary>
    public int Primary;

    /// <summary>Epoch of its last vote.</summary>
    public int Voted;

    /// <summary>What it does.</summary>
    public SentinelPhase Phase;

    /// <summary>Votes for it, its own included.</summary>
    public int Votes;

    /// <summary>Epoch of its own attempt.</summary>
    public int Attempt;

    /// <summary>What the primary had heard of it when the backup last acknowledged, in the variant that asks for
    /// it.</summary>
    public int Baseline;
}
