using StackExchange.Redis;
using static SessionGateway.CompatTests.DotNet.Checks;

namespace SessionGateway.CompatTests.DotNet;

/// <summary>What the library asks of a server before the application's first command, and server commands.</summary>
internal sealed class ConnectionChecks(Checks checks, ConnectionMultiplexer connection, IServer server)
{
    public void Run()
    {
        checks.Check("the handshake leaves both connections up", () =>
        {
            Yes(connection.IsConnected);
            Yes(server.IsConnected);
            Same(ServerType.Standalone, server.ServerType);
            Yes(server.Version.Major >= 6);
            Same("16", server.ConfigGet("databases")[0].Value);
            Yes(server.Ping() > TimeSpan.Zero);
        });
        checks.Check("the server tells about itself", () =>
        {
            Yes(server.Info().SelectMany(section => section).Any(line => line.Key == "redis_version"));
            Yes(server.ConfigGet("*").Length > 0);
            Yes(server.ClientList().Any(client => client.Name == "gateway-check"));
            Yes(server.Echo("echo") == "echo");
        });
        checks.Check("databases are apart", () =>
        {
            IDatabase third = connection.GetDatabase(3);
            third.StringSet("only here", "x");
            No(connection.GetDatabase().KeyExists("only here"));
            Same(1L, server.DatabaseSize(3));
            Yes(third.KeyRandom() == "only here");
            server.FlushDatabase(3);
            Same(0L, server.DatabaseSize(3));
        });
        checks.Check("SCAN and KEYS find what matches", () =>
        {
            IDatabase fourth = connection.GetDatabase(4);
            for (int i = 0; i < 500; i++)
                fourth.StringSet($"session:{i}", "x", flags: CommandFlags.FireAndForget);
            fourth.StringSet("other", "x");
            Same(500, server.Keys(4, "session:*", 50).Distinct().Count());
            Same(11, server.Keys(4, "session:1?", 1000).Distinct().Count() + server.Keys(4, "othe[r]").Count());
        });
        checks.Check("publish and subscribe", () =>
        {
            using var heard = new ManualResetEventSlim();
            string? text = null;
            ISubscriber subscriber = connection.GetSubscriber();
            subscriber.Subscribe(Channel("news"), (_, message) =>
            {
                text = message;
                heard.Set();
            });
            Same(1L, subscriber.Publish(Channel("news"), "hello"));
            Yes(heard.Wait(TimeSpan.FromSeconds(60)));
            Same("hello", text);
            subscriber.Unsubscribe(Channel("news"));
            Same(0L, subscriber.Publish(Channel("news"), "unheard"));
        });
    }

    /// <summary>Versions from 2.7 on warn about the implicit conversion; both know this constructor.</summary>
    private static RedisChannel Channel(string name) => new(name, RedisChannel.PatternMode.Literal);
}
