namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>Condition and manner of a write.</summary>
internal enum StoreMode
{
    Set,
    Add,
    Replace,
    Append,
    Prepend,

    /// <summary>The text protocol's cas; the binary protocol has a set with a cas unique instead.</summary>
    Cas,
}
