using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Commands;
using SessionGateway.Gateway.Hosting.Features;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Features;

/// <summary>What the composition root does with features, and what they add to the gateway.</summary>
public sealed class FeatureSetTests : IDisposable
{
    private const int StopFailed = 1003;

    private readonly TestServer _server = new();
    private readonly List<string> _diary = [];

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Features_start_in_order_and_stop_once_in_the_opposite_one()
    {
        FeatureSet features = Start(new TestFeature("A", _diary), new TestFeature("B", _diary));
        features.Look(1);
        features.Stop();
        features.Stop();
        features.Dispose();
        Assert.Equal(["start A", "start B", "look A", "look B", "stop B", "stop A"], _diary);
    }

    [Fact]
    public void A_feature_that_cannot_start_stops_those_before_it()
    {
        var failure = new StartupException("no");
        Assert.Same(failure, Assert.Throws<StartupException>(() => Start(
            new TestFeature("A", _diary),
            new TestFeature("B", _diary) { StartFailure = failure },
            new TestFeature("C", _diary))));
        Assert.Equal(["start A", "stop A"], _diary);
    }

    [Fact]
    public void A_feature_that_does_not_stop_is_logged_and_keeps_no_other_from_stopping()
    {
        var lines = new LineRecorder();
        using var loggers = new OneLog(lines);
        using var features = new FeatureSet(
            [
                new TestFeature("A", _diary),
                new TestFeature("B", _diary) { StopFailure = new InvalidOperationException("injected") },
            ],
            loggers);
        features.Start(GatewayOptions.Default, _server.Services, [_server.Loop]);
        features.Stop();
        Assert.Equal(["start A", "start B", "stop B", "stop A"], _diary);
        Assert.Equal("B did not stop as it should", Assert.Single(lines.Take(StopFailed)));
    }

    [Fact]
    public void A_feature_adds_lines_behind_those_of_a_section_and_sections_behind_all_others()
    {
        using FeatureSet features = Start(
            new TestFeature("A", _diary) { Info = [new InfoAddition("CPU", l => l.Add("a", 1))] },
            new TestFeature("B", _diary)
            {
                Info = [new InfoAddition("Own", l => l.Add("b", "x")), new InfoAddition("CPU", l => l.Add("c", 3))],
            });
        string info = _server.Connect(ListenerProtocol.Resp).Ask("INFO\r\n");
        Assert.Contains("\r\na:1\r\nc:3\r\n\r\n# ", info);
        Assert.EndsWith("\r\n\r\n# Own\r\nb:x\r\n\r\n", info);
        Assert.Equal("$12\r\n# Own\r\nb:x\r\n\r\n", _server.Connect(ListenerProtocol.Resp).Ask("INFO own\r\n"));
        Assert.DoesNotContain("# Own", _server.Connect(ListenerProtocol.Resp).Ask("INFO cpu\r\n"));
    }

    [Fact]
    public void The_store_tells_of_its_reserve_pressure_and_compression_behind_what_Redis_tells_of_memory()
    {
        string info = _server.Connect(ListenerProtocol.Resp).Ask("INFO memory\r\n");
        Assert.Matches(
            "lazyfreed_objects:0\r\nmemory_reserve_bytes:[0-9]+\r\nmemory_reserve_used_bytes:0\r\n"
                + "memory_pressure:normal\r\ncompressed_values:0\r\ncompression_saved_bytes:0\r\n"
                + "compression_usec:0\r\n",
            info);
    }

    [Fact]
    public void The_instruments_of_a_feature_are_gone_with_it()
    {
        var values = new List<int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "SessionGateway.Metered")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => values.Add(value));
        listener.Start();
        FeatureSet features = Start(new TestFeature("Metered", _diary));
        listener.RecordObservableInstruments();
        Assert.Equal([42], values);
        features.Dispose();
        listener.RecordObservableInstruments();
        Assert.Equal([42], values);
    }

    [Fact]
    public void Every_feature_has_a_name_of_its_own() => Assert.Equal(
        GatewayFeatures.Create().Count, GatewayFeatures.Create().Select(f => f.Name).Distinct().Count());

    private FeatureSet Start(params IGatewayFeature[] features)
    {
        var set = new FeatureSet(features, NullLoggerFactory.Instance);
        set.Start(GatewayOptions.Default, _server.Services, [_server.Loop]);
        return set;
    }

    private sealed class OneLog(ILogger log) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
