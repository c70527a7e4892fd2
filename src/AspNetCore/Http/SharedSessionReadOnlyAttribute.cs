namespace SessionGateway.AspNetCore;

/// <summary>This controller, page or action only reads the session: it takes no lock and waits for none.</summary>
public sealed class SharedSessionReadOnlyAttribute() : SharedSessionLockingAttribute(SharedSessionLocking.ReadOnly);
