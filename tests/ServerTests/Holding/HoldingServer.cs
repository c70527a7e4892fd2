using SessionGateway.Commands;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Holding;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

/// <summary>A server of which every write waits until the test says that it is safe.</summary>
internal sealed class HoldingServer : IDisposable
{
    public HoldingServer(
        HoldLimits? limits = null, LoopSettings? settings = null, CommandLimits? commands = null,
        Dictionary<string, List<long>>? positions = null)
    {
        settings = (settings ?? new LoopSettings()) with { Gate = Gate, HoldLimits = limits ?? new HoldLimits() };
        Server = new TestServer(commands, settings);
        Server.Store.Listen(new WritesWait(Gate, positions));
    }

    public ReplyGate Gate { get; } = new();

    public TestServer Server { get; }

    /// <summary>Position of the last write.</summary>
    public long Written => Server.Store.Mutations.Position;

    public TestClient Connect() => Server.Connect();

    public TestClient Resp() => Server.Connect(ListenerProtocol.Resp);

    /// <summary>Everything up to a position is safe.</summary>
    public void Reach(long position)
    {
        Gate.Reach(position);
        Server.Settle();
    }

    /// <summary>Everything is safe.</summary>
    public void ReachAll() => Reach(Written);

    /// <summary>Nothing is held any more, and nothing is counted as held.</summary>
    public void Dispose()
    {
        ReachAll();
        Assert.Equal(0, Gate.HeldBytes);
        Assert.Equal(0, Gate.HeldConnections);
        Server.Dispose();
    }
}
