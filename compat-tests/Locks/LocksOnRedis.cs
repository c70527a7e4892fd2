namespace SessionGateway.CompatTests.Locks;

public sealed class LocksOnRedis(RealRedis server) : LockSuite<RealRedis>(server);
