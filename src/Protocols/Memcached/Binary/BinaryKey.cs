namespace SessionGateway.Protocols.Memcached.Binary;

/// <summary>Whether a request has a key.</summary>
public enum BinaryKey
{
    /// <summary>It must not have one.</summary>
    None,

    /// <summary>It must have one.</summary>
    Needed,

    /// <summary>As it likes.</summary>
    Free,
}
