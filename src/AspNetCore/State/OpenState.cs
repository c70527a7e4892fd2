namespace SessionGateway.AspNetCore.State;

/// <summary>Where a session is on its way through a request.</summary>
internal enum OpenState
{
    /// <summary>Nobody has asked for it.</summary>
    NotLoaded,

    /// <summary>Read, perhaps locked.</summary>
    Open,

    /// <summary>Could not be read; what is stored is left alone.</summary>
    Unavailable,

    /// <summary>Stored, the lock released; still to be read.</summary>
    Closed,

    /// <summary>Given up: nothing is stored any more.</summary>
    Aborted,
}
