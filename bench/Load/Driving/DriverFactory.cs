using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Driving;

/// <summary>Makes the driver compiled for a protocol.</summary>
internal static class DriverFactory
{
    /// <summary>Clients that stay connected.</summary>
    public static IDriver Steady(WireKind wire, Dataset data, int port, int connections, int pipeline) => wire switch
    {
        WireKind.Text => new SteadyDriver<TextProtocol>(new(data), data, port, connections, pipeline),
        WireKind.Binary => new SteadyDriver<BinaryProtocol>(new(data), data, port, connections, pipeline),
        WireKind.RespHash => new SteadyDriver<RespHashProtocol>(new(data), data, port, connections, pipeline),
        WireKind.RespFields => new SteadyDriver<RespFieldsProtocol>(new(data, 3), data, port, connections, pipeline),
        WireKind.RespManyFields =>
            new SteadyDriver<RespFieldsProtocol>(new(data, 12), data, port, connections, pipeline),
        _ => new SteadyDriver<RespProtocol>(new(data), data, port, connections, pipeline),
    };

    /// <summary>Clients that connect for each page view.</summary>
    public static IDriver Churn(WireKind wire, Dataset data, int port, int clients) => wire switch
    {
        WireKind.Text => new ChurnDriver<TextProtocol>(new(data), data, port, clients),
        WireKind.Binary => new ChurnDriver<BinaryProtocol>(new(data), data, port, clients),
        _ => new ChurnDriver<RespProtocol>(new(data), data, port, clients),
    };
}
