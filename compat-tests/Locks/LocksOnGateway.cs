namespace SessionGateway.CompatTests.Locks;

public sealed class LocksOnGateway(Gateway server) : LockSuite<Gateway>(server);
