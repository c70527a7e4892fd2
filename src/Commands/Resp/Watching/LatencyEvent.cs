namespace SessionGateway.Commands.Resp.Watching;

/// <summary>A kind of event and its last peaks (redis latency.c).</summary>
/// <param name="name">Its name.</param>
internal sealed class LatencyEvent(string name)
{
    private const int MaxSamples = 160;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>The longest since the last LATENCY RESET, in milliseconds.</summary>
    public long Longest { get; private set; }

    /// <summary>Seconds with a peak, the oldest first, and the longest of each in milliseconds.</summary>
    public List<(long Time, long Milliseconds)> Samples { get; } = [];

    /// <summary>Adds a peak; the longest of a second counts.</summary>
    public void Add(long time, long milliseconds)
    {
        Longest = Math.Max(Longest, milliseconds);
        if (Samples.Count > 0 && Samples[^1].Time == time)
        {
            Samples[^1] = (time, Math.Max(Samples[^1].Milliseconds, milliseconds));
            return;
        }

        if (Samples.Count == MaxSamples)
        {
            Samples.RemoveAt(0);
        }

        Samples.Add((time, milliseconds));
    }

    /// <summary>What it is now.</summary>
    public LatencyEvent Copy()
    {
        var copy = new LatencyEvent(Name) { Longest = Longest };
        copy.Samples.AddRange(Samples);
        return copy;
    }
}
