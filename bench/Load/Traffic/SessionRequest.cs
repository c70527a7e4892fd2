namespace SessionGateway.Bench.Load.Traffic;

/// <summary>A write of a session's newest value, or a read that must find it.</summary>
internal readonly record struct SessionRequest(bool IsSet, int Session);
