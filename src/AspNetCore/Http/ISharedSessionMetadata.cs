namespace SessionGateway.AspNetCore;

/// <summary>Says of an endpoint how it uses the session.</summary>
public interface ISharedSessionMetadata
{
    /// <summary>How.</summary>
    SharedSessionLocking Locking { get; }
}
