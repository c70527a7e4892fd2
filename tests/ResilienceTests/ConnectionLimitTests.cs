using System.Text;
using SessionGateway.ResilienceTests.Support;

namespace SessionGateway.ResilienceTests;

public sealed class ConnectionLimitTests
{
    private const string MemcachedRefusal = "ERROR Too many open connections\r\n";
    private const string RedisRefusal = "-ERR max number of clients reached\r\n";

    [Theory]
    [EachTransport]
    public void Connections_over_the_limit_are_told_so_and_places_become_free_again(string transport)
    {
        const int limit = 20;
        using var gateway = RunningGateway.Start(transport, "--max-connections", $"{limit}");
        List<Client> clients = [];
        try
        {
            for (int i = 0; i < limit; i++)
            {
                clients.Add(Client.Connect(i % 2 == 0 ? gateway.AutoPort : gateway.MemcachedPort));
                clients[i].Ask("get nothing\r\n", "END\r\n");
            }

            for (int i = 0; i < 10; i++)
            {
                AssertRefused(Client.Connect(gateway.AutoPort), MemcachedRefusal);
                AssertRefused(Client.Connect(gateway.MemcachedPort), MemcachedRefusal);
                AssertRefused(Client.ConnectUnix(gateway.UnixPath), MemcachedRefusal);
                AssertRefused(Client.Connect(gateway.RespPort), RedisRefusal);
            }

            clients.ForEach(client => client.Ask("get nothing\r\n", "END\r\n"));
            Assert.Equal(40, RunningGateway.Statistic(clients[0], "rejected_connections"));
            Assert.Equal(limit, RunningGateway.Statistic(clients[0], "curr_connections"));
            clients[^1].Dispose();
            clients[^2].Reset();
            Wait.Until(() => RunningGateway.Statistic(clients[0], "curr_connections") == limit - 2,
                () => "two free places");
            clients[^1] = Client.Connect(gateway.AutoPort);
            clients[^2] = Client.Connect(gateway.RespPort);
            clients[^1].Ask("get nothing\r\n", "END\r\n");
            clients[^2].Ask("PING\r\n", "+PONG\r\n");
            AssertRefused(Client.Connect(gateway.RespPort), RedisRefusal);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        gateway.AssertConnections(0);
        gateway.AssertServes();
    }

    private static void AssertRefused(Client client, string refusal)
    {
        using (client)
        {
            (byte[] bytes, Ending ending) = client.ReadToEnd();
            Assert.Equal((refusal, Ending.Closed), (Encoding.Latin1.GetString(bytes), ending));
        }
    }
}
