namespace SessionGateway.Commands;

/// <summary>Where clients find a primary that is another process.</summary>
/// <param name="Host">Name or address, as it was configured; empty: not known.</param>
/// <param name="Port">Its port for Redis clients.</param>
/// <param name="SpeaksMemcached">False when it is known that memcached requests cannot go there.</param>
public sealed record PrimaryAddress(string Host, int Port, bool SpeaksMemcached)
{
    /// <summary>Another process is it, and nobody knows which.</summary>
    public static PrimaryAddress Unknown { get; } = new("", 0, SpeaksMemcached: true);
}
