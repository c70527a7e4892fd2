using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>A script whose client is gone does not run for ever.</summary>
public sealed class AbandonedScriptTests
{
    private const string Endless = "*3\r\n$4\r\nEVAL\r\n$17\r\nwhile true do end\r\n$1\r\n0\r\n";

    [Fact]
    public void An_endless_script_ends_a_while_after_its_client_has_closed_its_side()
    {
        using var server = new TestServer();
        TestClient client = Start(server, Endless);
        client.Stream.PeerHasClosed = true;
        client.Stream.IsHalfClosed = true;
        Turns(server);
        Assert.False(client.IsClosed);
        server.Clock.Advance(TimeSpan.FromSeconds(6));
        server.Settle();
        Assert.StartsWith(
            "-ERR The client of the script has closed its side", client.Receive(), StringComparison.Ordinal);
        Assert.True(client.IsClosed);
    }

    [Fact]
    public void A_client_that_waits_keeps_its_script()
    {
        using var server = new TestServer();
        TestClient client = Start(server, Endless);
        server.Clock.Advance(TimeSpan.FromSeconds(6));
        Turns(server);
        Assert.Equal("", client.Receive());
        Assert.False(client.IsClosed);
    }

    [Fact]
    public void A_script_that_has_written_goes_on_as_it_does_after_a_kill()
    {
        using var server = new TestServer();
        const string Script = "redis.call('set', 'k', 'v') while true do end";
        TestClient client = Start(server, $"*3\r\n$4\r\nEVAL\r\n${Script.Length}\r\n{Script}\r\n$1\r\n0\r\n");
        client.Stream.PeerHasClosed = true;
        Turns(server);
        server.Clock.Advance(TimeSpan.FromSeconds(6));
        Turns(server);
        Assert.Equal("", client.Receive());
    }

    private static TestClient Start(TestServer server, string request)
    {
        TestClient client = server.Connect();
        client.Post(System.Text.Encoding.Latin1.GetBytes(request));
        Turns(server);
        return client;
    }

    // It has always something to do.
    private static void Turns(TestServer server)
    {
        for (int i = 0; i < 50; i++)
        {
            server.Loop.RunTurn();
        }
    }
}
