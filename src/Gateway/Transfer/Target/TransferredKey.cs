namespace SessionGateway.Gateway.Transfer.Target;

/// <summary>A key on its way.</summary>
/// <param name="Database">Its database.</param>
/// <param name="Name">The key.</param>
/// <param name="ExpiresAt">Unix milliseconds, 0 = never.</param>
/// <param name="IdleSeconds">Seconds that it was not used; -1: not known.</param>
internal readonly record struct TransferredKey(int Database, byte[] Name, long ExpiresAt, long IdleSeconds);
