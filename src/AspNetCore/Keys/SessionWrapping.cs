namespace SessionGateway.AspNetCore;

/// <summary>What lies around the session's bytes in the store.</summary>
public enum SessionWrapping
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They are a string of PHP's serialize(): <c>s:N:"…";</c>. So does Laravel's cache.</summary>
    SerializedString,
}
