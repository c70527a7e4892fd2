using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>Who adds what <c>stats</c> and <c>INFO</c> tell counts nothing twice.</summary>
public sealed class CounterTests
{
    [Fact]
    public void Stats_counts_memcached_and_info_counts_resp()
    {
        using var server = new TestServer();
        TestClient memcached = server.Connect();
        TestClient resp = server.Connect();
        memcached.Ask("set k 0 0 1\r\na\r\nget k\r\nget k\r\nget nothing\r\n");
        resp.Ask("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n");

        string stats = memcached.Ask("stats\r\n");
        Assert.Contains("STAT get_hits 2\r\n", stats, StringComparison.Ordinal);
        Assert.Contains("STAT get_misses 1\r\n", stats, StringComparison.Ordinal);
        Assert.Contains("STAT curr_connections 1\r\n", stats, StringComparison.Ordinal);
        Assert.Contains("STAT total_connections 1\r\n", stats, StringComparison.Ordinal);
        Assert.Contains($"STAT bytes_read {43 + "stats\r\n".Length}\r\n", stats, StringComparison.Ordinal);

        string info = resp.Ask("*1\r\n$4\r\nINFO\r\n");
        Assert.Contains("\nkeyspace_hits:1\r\n", info, StringComparison.Ordinal);
        Assert.Contains("\nkeyspace_misses:0\r\n", info, StringComparison.Ordinal);
        Assert.Contains("\nconnected_clients:1\r\n", info, StringComparison.Ordinal);
        Assert.Contains("\ntotal_connections_received:1\r\n", info, StringComparison.Ordinal);
        Assert.Contains("\ntotal_commands_processed:2\r\n", info, StringComparison.Ordinal);
        Assert.Contains("\ntotal_net_input_bytes:34\r\n", info, StringComparison.Ordinal);
    }
}
