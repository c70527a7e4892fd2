using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

/// <summary>Machines have more cores than the store has shards.</summary>
public sealed class ManyLoopsTests
{
    private const string Keys = "*2\r\n$4\r\nKEYS\r\n$1\r\n*\r\n";

    [Theory]
    [InlineData(1, "epoll")]
    [InlineData(63, "epoll")]
    [InlineData(64, "epoll")]
    [InlineData(65, "epoll")]
    [InlineData(96, "socket")]
    [InlineData(256, "epoll")]
    public void Any_number_of_loops_serves_scans_expires_flushes_and_drains(int loops, string transport)
    {
        using ServerProcess gateway = GatewayProgram.Start(
            ["--listen", "127.0.0.1:0", "--threads", $"{loops}", "--memory", "128m", "--transport", transport]);
        int port = int.Parse(gateway.Output.Split("listening on 127.0.0.1:")[1].Split('/')[0]);
        using var first = RawConnection.Connect(port);
        // Connections go round the loops: each loop serves one.
        for (int i = 0; i < loops; i++)
        {
            using var client = RawConnection.Connect(port);
            string key = $"key:{i}";
            Assert.Equal("STORED\r\n", client.Ask($"set {key} 0 {(i % 2 == 0 ? 1 : 0)} 1\r\nx\r\n", "STORED\r\n"));
            Assert.Equal("END\r\n", client.Ask("get absent\r\n", "END\r\n"));
        }

        Wait.Until(() => Count(first) == loops / 2,
            () => $"{loops / 2} items are left of {loops}\n{gateway.Output}");
        using var resp = RawConnection.Connect(port);
        Assert.Equal($"*{loops / 2}\r\n", resp.Ask(Keys, $"*{loops / 2}\r\n"));
        Assert.Equal("OK\r\n", first.Ask("flush_all\r\n", "OK\r\n"));
        Assert.Equal("END\r\n", first.Ask("get key:1\r\n", "END\r\n"));
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
    }

    [Fact]
    public void One_loop_per_core_is_the_default_on_96_cores_as_far_as_memory_reaches()
    {
        Dictionary<string, string> cores = new() { ["DOTNET_PROCESSOR_COUNT"] = "96" };
        using ServerProcess gateway = GatewayProgram.Start(["--listen", "127.0.0.1:0"], cores);
        Assert.Contains("threads 96,", gateway.Output);
        using ServerProcess small = GatewayProgram.Start(
            ["--listen", "127.0.0.1:0", "--memory", "8m", "--max-value", "1m"], cores);
        Assert.Contains("threads 16,", small.Output);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
        Assert.Equal(0, small.Terminate(Wait.Patience));
    }

    private static int Count(RawConnection client)
    {
        client.Send("stats\r\n");
        string stats = client.ReadThrough("END\r\n");
        return int.Parse(stats.Split("STAT curr_items ")[1].Split('\r')[0]);
    }
}
