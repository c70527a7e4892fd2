namespace SessionGateway.Commands;

/// <summary>Why a parked request is run again.</summary>
public enum WakeReason : byte
{
    /// <summary>It is not: it runs for the first time.</summary>
    None,

    /// <summary>What it waits for may be there.</summary>
    Woken,

    /// <summary>Its deadline has come.</summary>
    TimedOut,

    /// <summary>CLIENT UNBLOCK: it answers as at its deadline.</summary>
    Unblocked,

    /// <summary>CLIENT UNBLOCK ERROR: it answers with an error.</summary>
    UnblockedWithError,
}
