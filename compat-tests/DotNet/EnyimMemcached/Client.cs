using System.Net;
using Enyim.Caching.Configuration;
using Enyim.Caching.Memcached;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SessionGateway.CompatTests.DotNet;

/// <summary>The client as an ASP.NET Core application registers it.</summary>
internal static class Client
{
    /// <summary>Services with IMemcachedClient and IDistributedCache over one server.</summary>
    public static ServiceProvider Build(IPEndPoint server, MemcachedProtocol protocol, NetworkLogin? login)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole());
        services.AddEnyimMemcached(options => Configure(options, server, protocol, login));
        return services.BuildServiceProvider();
    }

    private static void Configure(
        MemcachedClientOptions options, IPEndPoint server, MemcachedProtocol protocol, NetworkLogin? login)
    {
        options.AddServer(server.Address.ToString(), server.Port);
        options.Protocol = protocol;
        // By default a failed connection looks like a miss.
        options.SuppressException = false;
        if (login is not null)
            options.AddPlainTextAuthenticator("", login.User, login.Password);
    }
}
