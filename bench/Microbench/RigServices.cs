using SessionGateway.Commands;
using SessionGateway.Store;

namespace SessionGateway.Bench.Microbench;

/// <summary>What commands need of a server that has no sockets.</summary>
internal sealed class RigServices : IConnectionRegistry
{
    public int Count => 0;

    public static CommandServices For(ItemStore store, int loops) => new()
    {
        Store = store,
        Limits = new CommandLimits(),
        Credentials = new Credentials([]),
        Stats = new ServerStats(loops),
        Connections = new RigServices(),
        Time = TimeProvider.System,
        Random = new Random(1),
        StartedAt = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        Version = "0",
        Port = 0,
        Threads = loops,
        RequestStop = () => { },
    };

    public IReadOnlyList<ClientConnection> Snapshot() => [];
}
