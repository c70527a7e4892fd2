namespace SessionGateway.Commands;

/// <summary>What <see cref="KeyClaims.Look"/> says of a request.</summary>
public enum ClaimState
{
    /// <summary>Nobody keeps its keys.</summary>
    Free,

    /// <summary>A script does. The request is parked and is run again when the script has ended, or when the time of
    /// <see cref="KeyClaims.BusyMilliseconds"/> is over.</summary>
    Waits,

    /// <summary>A script does, and has for longer than others wait.</summary>
    Busy,
}
