namespace SessionGateway.CompatTests.SessionCache;

/// <summary>A server that the suite runs on.</summary>
public interface ICacheServer : IDisposable
{
    /// <summary>Its RESP port.</summary>
    int Port { get; }
}
