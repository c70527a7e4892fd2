using System.Net;
using Enyim.Caching;
using Enyim.Caching.Memcached;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using SessionGateway.CompatTests.DotNet;

// EnyimMemcached HOST:PORT [USER PASSWORD]
if (args.Length is not (1 or 3) || !IPEndPoint.TryParse(args[0], out IPEndPoint? server))
{
    Console.Error.WriteLine("usage: EnyimMemcached HOST:PORT [USER PASSWORD]");
    return 2;
}
NetworkLogin? login = args.Length == 3 ? new NetworkLogin(args[1], args[2]) : null;
var checks = new Checks();
// The library sends a login over the binary protocol only.
MemcachedProtocol[] protocols =
    login is null ? [MemcachedProtocol.Text, MemcachedProtocol.Binary] : [MemcachedProtocol.Binary];
foreach (MemcachedProtocol protocol in protocols)
{
    await using ServiceProvider services = Client.Build(server, protocol, login);
    var client = services.GetRequiredService<IMemcachedClient>();
    client.FlushAll();
    new StorageChecks(checks, client, protocol).Run();
    await new AsyncChecks(checks, client, protocol).RunAsync();
    await new DistributedCacheChecks(checks, services.GetRequiredService<IDistributedCache>(), protocol).RunAsync();
}
return checks.Finish();
