namespace SessionGateway.CompatTests.Locks;

/// <summary>A server that the suite runs on.</summary>
public interface ILockServer : IDisposable
{
    /// <summary>Its RESP port.</summary>
    int Port { get; }
}
