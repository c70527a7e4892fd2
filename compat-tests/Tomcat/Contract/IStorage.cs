namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>
/// The four operations of memcached-session-manager's storage interface over one connection, as the manager sends them
/// in one of its three protocols.
/// </summary>
public interface IStorage : IDisposable
{
    /// <summary>Stores when the key is not there.</summary>
    bool Add(string key, int exptime, byte[] value);

    /// <summary>Stores; false when the server refuses.</summary>
    bool Set(string key, int exptime, byte[] value);

    /// <summary>The value, or null.</summary>
    byte[]? Get(string key);

    /// <summary>Whether there was something to delete.</summary>
    bool Delete(string key);
}
