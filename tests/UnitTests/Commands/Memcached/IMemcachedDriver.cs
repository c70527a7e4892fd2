namespace SessionGateway.UnitTests.Commands.Memcached;

/// <summary>What came back from a get.</summary>
internal sealed record Found(string Value, uint Flags, ulong Cas);

/// <summary>The verbs in a form that both protocols can say. Outcomes are memcached's words for them.</summary>
internal interface IMemcachedDriver : IDisposable
{
    MemcachedRig Rig { get; }

    /// <summary>set, add, replace, append, prepend; cas 0 = unconditional. STORED, NOT_STORED, EXISTS or
    /// NOT_FOUND.</summary>
    string Store(string verb, string key, string value, uint flags = 0, int exptime = 0, ulong cas = 0);

    Found? Get(string key);

    Found? GetAndTouch(string key, int exptime);

    bool Touch(string key, int exptime);

    bool Delete(string key);

    /// <summary>The new number, or NOT_FOUND or NON_NUMERIC.</summary>
    string Arithmetic(string verb, string key, ulong delta);

    void FlushAll(int delay);
}
