namespace SessionGateway.Bench.Load.Traffic;

/// <summary>One request; how it looks on the wire is the protocol's affair.</summary>
internal enum Op : byte
{
    /// <summary>Reads a session that exists.</summary>
    Get,

    /// <summary>Writes a session with a new value and a time to live.</summary>
    Set,

    /// <summary>Takes the session's lock, which is free.</summary>
    Lock,

    /// <summary>Gives the session's lock back.</summary>
    Unlock,

    /// <summary>Says good-bye, without waiting for a reply.</summary>
    Quit,
}
