namespace SessionGateway.Bench.Load.Sessions;

/// <summary>What a reply says.</summary>
internal enum Answer
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>The write is done.</summary>
    Stored,

    /// <summary>The write was refused with the protocol's own error.</summary>
    Refused,

    /// <summary>The read found a value.</summary>
    Found,

    /// <summary>The read found nothing.</summary>
    Absent,
}
