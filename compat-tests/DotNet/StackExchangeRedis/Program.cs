using SessionGateway.CompatTests.DotNet;
using StackExchange.Redis;

// StackExchangeRedis HOST:PORT [PASSWORD]
if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("usage: StackExchangeRedis HOST:PORT [PASSWORD]");
    return 2;
}
var options = ConfigurationOptions.Parse(args[0]);
options.AllowAdmin = true; // FLUSHDB, CLIENT LIST and the like
options.AbortOnConnectFail = true;
options.ClientName = "gateway-check";
options.ConnectTimeout = 60_000;
options.SyncTimeout = 60_000;
options.Password = args.ElementAtOrDefault(1);

using var connection = ConnectionMultiplexer.Connect(options);
IServer server = connection.GetServer(connection.GetEndPoints()[0]);
server.FlushAllDatabases();
var checks = new Checks();
new ConnectionChecks(checks, connection, server).Run();
new StringChecks(checks, connection.GetDatabase(), server).Run();
new SharingChecks(checks, connection).Run();
return checks.Finish();
