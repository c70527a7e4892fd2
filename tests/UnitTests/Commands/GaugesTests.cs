using SessionGateway.Commands;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands;

public sealed class GaugesTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly Gauges _gauges;

    public GaugesTests() => _gauges = _host.Services.Gauges;

    [Fact]
    public void Traffic_is_that_between_two_looks()
    {
        ProtocolStats stats = _host.Services.Stats.Loop(0).Resp;
        Look(stats, 1000, 1_000_000);
        Assert.Equal(0, _gauges.CommandsPerSecond);
        _host.Clock.Now += 2000;
        Look(stats, 1500, 1_010_000);
        Assert.Equal(250, _gauges.CommandsPerSecond);
        Assert.Equal(5000, _gauges.BytesReadPerSecond);
        Assert.Equal(0, _gauges.BytesWrittenPerSecond);
        _host.Clock.Now += 1000;
        stats.Reset();
        Look(stats, 10, 20);
        Assert.Equal(0, _gauges.CommandsPerSecond);
        _host.Clock.Now -= 5000;
        Look(stats, 20, 20);
        Assert.Equal(0, _gauges.CommandsPerSecond);
    }

    [Fact]
    public void Info_tells_the_gauges()
    {
        var peer = new RespPeer(_host);
        ProtocolStats stats = _host.Services.Stats.Loop(0).Resp;
        Look(stats, 0, 0);
        _host.Clock.Now += 1000;
        peer.Send($"SET k {new string('x', 100_000)}");
        Look(stats, 77, 20_480);
        peer.Send("DEL k");
        string info = peer.SendRaw("INFO\r\n");
        Assert.Contains("\r\ninstantaneous_ops_per_sec:77\r\n", info);
        Assert.Contains("\r\ninstantaneous_input_kbps:20.00\r\n", info);
        Assert.Contains($"\r\nused_memory_peak:{_gauges.PeakUsedBytes}\r\n", info);
        Assert.True(_gauges.PeakUsedBytes >= 100_000);
    }

    private void Look(ProtocolStats stats, long commands, long bytesRead)
    {
        stats.Commands = commands;
        stats.BytesRead = bytesRead;
        _gauges.Look(_host.Clock.Now, _host.Services.Stats, _host.Store);
    }
}
