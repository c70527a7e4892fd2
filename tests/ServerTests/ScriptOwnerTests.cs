using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>Memory of Lua belongs to the loop that runs the scripts, up to its end.</summary>
public sealed class ScriptOwnerTests
{
    // A state of Lua takes 170 KB.
    private const long StateBytes = 100_000;

    private const string Endless = "*3\r\n$4\r\nEVAL\r\n$17\r\nwhile true do end\r\n$1\r\n0\r\n";

    [Fact]
    public void A_loop_that_ends_gives_its_engine_back()
    {
        using var server = new TestServer();
        long before = server.Store.BufferBytes;
        TestClient client = server.Connect();
        Assert.Equal(":1\r\n", client.Ask("*3\r\n$4\r\nEVAL\r\n$8\r\nreturn 1\r\n$1\r\n0\r\n"));
        Assert.True(server.Store.BufferBytes > before + StateBytes);
        server.Loop.Dispose();
        Assert.True(server.Store.BufferBytes < before + StateBytes);
    }

    [Fact]
    public void A_script_that_runs_until_the_loop_has_ended_gives_its_engine_back_too()
    {
        using var server = new TestServer();
        long before = server.Store.BufferBytes;
        TestClient client = server.Connect();
        client.Post(System.Text.Encoding.Latin1.GetBytes(Endless));
        for (int i = 0; i < 10; i++)
        {
            server.Loop.RunTurn();
        }

        Assert.True(server.Store.BufferBytes > before + StateBytes);
        server.Loop.Dispose();
        Assert.True(server.Store.BufferBytes < before + StateBytes);
    }
}
