namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>How far a <see cref="Gathering"/> has come.</summary>
internal enum GatherStatus
{
    /// <summary>There is more to do.</summary>
    Unfinished,

    /// <summary>The sink has all members, as they are at this moment.</summary>
    Done,

    /// <summary>A key was written to: the sink has to be emptied, the next step begins anew.</summary>
    Changed,

    /// <summary>The error is written.</summary>
    Refused,
}
