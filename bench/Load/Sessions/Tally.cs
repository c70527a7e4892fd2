namespace SessionGateway.Bench.Load.Sessions;

/// <summary>How the requests of a pass were answered.</summary>
internal sealed class Tally
{
    public int Stored { get; set; }

    public int Refused { get; set; }

    /// <summary>Reads that found the newest value, compared to the last byte.</summary>
    public int Right { get; set; }

    /// <summary>Reads that found another value than the newest one.</summary>
    public int Wrong { get; set; }

    public int Absent { get; set; }

    public int Total => Stored + Refused + Right + Wrong + Absent;
}
