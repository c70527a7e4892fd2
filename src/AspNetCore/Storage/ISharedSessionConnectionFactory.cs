using StackExchange.Redis;

namespace SessionGateway.AspNetCore;

/// <summary>
/// Makes the connection to the store in place of <see cref="SharedSessionOptions.Endpoint"/>, from whatever the
/// application's container holds: credentials that expire, TLS, a connection that exists anyway. Register it as a
/// singleton.
/// </summary>
public interface ISharedSessionConnectionFactory
{
    /// <summary>
    /// Gives a connection, which stays the factory's to dispose. Called once; and again, at most every
    /// <see cref="SharedSessionOptions.StoreRetryInterval"/>, after it failed.
    /// </summary>
    Task<IConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken);
}
