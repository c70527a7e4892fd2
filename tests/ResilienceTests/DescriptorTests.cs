using System.Net.Sockets;
using SessionGateway.ResilienceTests.Support;

namespace SessionGateway.ResilienceTests;

public sealed class DescriptorTests
{
    // Enough for the runtime to start (it opens about a hundred files) and far fewer than the clients.
    private const int Limit = 250;
    private const int Clients = 300;

    [Theory]
    [EachTransport]
    public void Without_descriptors_open_connections_are_served_and_later_ones_wait_for_a_place(string transport)
    {
        using RunningGateway gateway = RunningGateway.StartWithDescriptors(Limit, transport);
        List<Client> clients = [];
        try
        {
            for (int i = 0; i < Clients; i++)
            {
                clients.Add(Client.Connect(gateway.AutoPort));
                clients[i].Send("get nothing\r\n");
            }

            Wait.Until(() => gateway.Process.Output.Contains("pauses for"), () => $"the pressure to be logged: {gateway.Process.Output}");
            List<Client> served = [.. clients.Where(HasAnswer)];
            Assert.InRange(served.Count, 5, Clients - 5);
            foreach (Client client in served)
            {
                client.Ask("", "END\r\n");
                client.Ask("version\r\n", "VERSION ");
            }

            // Nobody who waits has been turned away; each place that becomes free is taken.
            List<Client> waiting = [.. clients.Except(served)];
            Assert.All(waiting, client => Assert.False(client.Socket.Poll(0, SelectMode.SelectRead)));
            foreach (Client client in served)
            {
                client.Dispose();
            }

            // As many places as there were, until all have been served.
            foreach (Client client in waiting)
            {
                client.Ask("", "END\r\n");
                client.Dispose();
            }
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        gateway.AssertConnections(0);
        gateway.AssertServes();
        Assert.Equal(0, gateway.Process.Terminate(Wait.Patience));
    }

    private static bool HasAnswer(Client client) => client.Socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead);
}
