namespace SessionGateway.Commands.Resp.Watching;

/// <summary>Counters of one command.</summary>
internal struct CommandFigure
{
    /// <summary>Calls that were executed.</summary>
    public long Calls;

    /// <summary>Time of those that were measured, and of those that they stand for.</summary>
    public long Nanoseconds;

    /// <summary>Calls refused before they began.</summary>
    public long Rejected;

    /// <summary>Calls that answered an error.</summary>
    public long Failed;

    /// <summary>Calls since the last one that was measured: the next that is stands for them.</summary>
    public long Unmeasured;

    /// <summary>Calls by their time (<see cref="LatencyBuckets"/>); null before the first.</summary>
    public long[]? Histogram;

    /// <summary>Time of all calls, those included that were not measured yet.</summary>
    public readonly long Microseconds
    {
        get
        {
            long measured = Math.Min(Calls - Unmeasured, Calls);
            return measured <= 0 ? 0 : (long)((double)Nanoseconds / 1000 / measured * Calls);
        }
    }

    /// <summary>Nothing was counted.</summary>
    public readonly bool IsEmpty => (Calls | Rejected | Failed) == 0;

    /// <summary>Adds those of another loop, or with -1 takes away what was before.</summary>
    public void Add(in CommandFigure other, int sign)
    {
        Calls += sign * other.Calls;
        Nanoseconds += sign * other.Nanoseconds;
        Rejected += sign * other.Rejected;
        Failed += sign * other.Failed;
        Unmeasured += sign * other.Unmeasured;
        if (other.Histogram is { } counts)
        {
            Histogram ??= new long[LatencyBuckets.Count];
            for (int i = 0; i < counts.Length; i++)
            {
                Histogram[i] += sign * counts[i];
            }
        }
    }
}
