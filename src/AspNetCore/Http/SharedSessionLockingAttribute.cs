namespace SessionGateway.AspNetCore;

/// <summary>Says of a controller, page or action how it uses the session.</summary>
/// <param name="locking">How.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public class SharedSessionLockingAttribute(SharedSessionLocking locking) : Attribute, ISharedSessionMetadata
{
    /// <inheritdoc/>
    public SharedSessionLocking Locking { get; } = locking;
}
