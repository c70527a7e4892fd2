namespace SessionGateway.Bench.Load.Measuring;

/// <summary>Sessions that expire together while others are read.</summary>
/// <param name="Server">Its name and the protocol.</param>
/// <param name="Sessions">Those that expire.</param>
/// <param name="IdleBytes">Resident bytes after the warm-up, without sessions.</param>
/// <param name="FullBytes">Resident bytes with all of them.</param>
/// <param name="AfterBytes">Resident bytes at the end.</param>
/// <param name="SecondsAfter">Seconds from the deadline to that end.</param>
/// <param name="SecondsToGo">From the deadline until fewer than 5 % were there; null: that did not happen.</param>
/// <param name="LeftAfterTwo">Share of them that was there two seconds after the deadline.</param>
/// <param name="Before">Reads of the seconds before the deadline, together.</param>
/// <param name="WorstBefore">The second before the deadline with the highest p99: how much is noise.</param>
/// <param name="Worst">The second with the highest p99, from the deadline to the second after few were left.</param>
/// <param name="Timeline">Every second.</param>
internal sealed record StormSample(
    string Server,
    int Sessions,
    long IdleBytes,
    long FullBytes,
    long AfterBytes,
    int SecondsAfter,
    double? SecondsToGo,
    double LeftAfterTwo,
    StormSecond Before,
    StormSecond WorstBefore,
    StormSecond Worst,
    IReadOnlyList<StormSecond> Timeline)
{
    /// <summary>Memory over idle at the end ÷ memory over idle when full.</summary>
    public double Kept => (AfterBytes - IdleBytes) / (double)(FullBytes - IdleBytes);

    public double WorstRatio => Worst.P99 / Before.P99;
}
