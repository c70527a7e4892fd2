using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Gateway.Hosting.Features;
using SessionGateway.Gateway.Options;
using SessionGateway.ServerTests.Holding;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Features;

public sealed class HoldFeatureTests
{
    [Fact]
    public void What_the_gate_holds_is_told_in_INFO_in_stats_and_by_a_meter()
    {
        using var holding = new HoldingServer();
        var feature = new HoldFeature();
        using var features = new FeatureSet([feature], NullLoggerFactory.Instance);
        features.Start(GatewayOptions.Default, holding.Server.Services, [holding.Server.Loop]);
        using var meter = new Meter("held");
        feature.AddInstruments(meter);
        TestClient resp = holding.Resp(), text = holding.Connect(), writer = holding.Connect();
        AssertTold(0, 0);
        writer.Post("set a 0 0 1\r\n1\r\n"u8.ToArray());
        holding.Server.Settle();
        AssertTold(1, "STORED\r\n".Length);
        holding.ReachAll();
        AssertTold(0, 0);

        void AssertTold(int clients, int bytes)
        {
            Assert.Contains($"held_clients:{clients}\r\nheld_reply_bytes:{bytes}\r\n", resp.Ask("INFO clients\r\n"));
            Assert.EndsWith(
                $"STAT held_clients {clients}\r\nSTAT held_reply_bytes {bytes}\r\nEND\r\n", text.Ask("stats\r\n"));
            Assert.Equal([("held_connections", clients), ("held_reply_bytes", bytes)], Measured(meter));
        }
    }

    private static List<(string Name, long Value)> Measured(Meter meter)
    {
        var values = new List<(string, long)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter == meter)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => values.Add((instrument.Name, value)));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values.Add((instrument.Name, value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. values.Order()];
    }
}
