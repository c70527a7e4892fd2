namespace SessionGateway.Bench.Load.Servers;

/// <summary>Which protocols a server speaks.</summary>
[Flags]
internal enum Family
{
    Memcached = 1,
    Resp = 2,
}
