namespace SessionGateway.Commands.Memcached;

/// <summary>Condition and manner of a write.</summary>
internal enum StoreMode
{
    Set,
    Add,
    Replace,
    Append,
    Prepend,
}
